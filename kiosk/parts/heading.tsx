import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * The heading of a screen. It takes the focus when its screen appears, so that a keyboard starts there
 * and a screen reader says where the person is.
 */
export function Heading(props: { id?: string; class?: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} id={props.id} class={props.class} tabIndex={-1}>
      {props.children}
    </h1>
  );
}
