import type { ComponentChildren } from "preact";
import type { Appearance } from "../../protocol/site.ts";
import { Brand } from "./brand.tsx";
import { Heading } from "./heading.tsx";

/**
 * The frame of every screen that says one thing: the words on the site's colour, a picture beside them.
 * `alert` is for what went wrong: it is said at once.
 */
export function Counter(props: {
  appearance: Appearance | undefined;
  tone?: "accent" | "plain";
  title: string;
  alert?: boolean;
  picture: ComponentChildren;
  corner?: ComponentChildren;
  foot?: ComponentChildren;
  sideFoot?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <div class={`counter counter--${props.tone ?? "plain"}`}>
      <header class="counter-top">
        <Brand name={props.appearance?.name ?? "Guichet"} logo={props.appearance?.logo} />
      </header>
      <main class="counter-words">
        <div role={props.alert === true ? "alert" : undefined}>
          <Heading key={props.title} class="counter-title">
            {props.title}
          </Heading>
          {props.children}
        </div>
      </main>
      <aside class="counter-side">
        <div class="counter-corner">{props.corner}</div>
        <div class="counter-picture">{props.picture}</div>
        <div class="counter-side-foot">{props.sideFoot}</div>
      </aside>
      <footer class="counter-foot">{props.foot}</footer>
    </div>
  );
}
