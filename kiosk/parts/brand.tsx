import { useState } from "preact/hooks";

/** The site's logo and name; Guichet's own mark where the site has no logo, or it cannot be loaded. */
export function Brand(props: { name: string; logo?: string | undefined }) {
  const [failed, setFailed] = useState<string>();
  const logo = props.logo === failed ? undefined : props.logo;
  return (
    <p class="brand">
      {logo === undefined ? (
        <Mark />
      ) : (
        <img class="brand-logo" src={logo} alt="" onError={() => setFailed(logo)} />
      )}
      <span class="brand-name">{props.name}</span>
    </p>
  );
}

/** A counter's window with a sheet of paper in it. */
function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 48 48" aria-hidden="true">
      <path class="mark-wall" d="M5 45V22a19 19 0 0 1 38 0v23z" />
      <path class="mark-window" d="M13 35V22a11 11 0 0 1 22 0v13z" />
      <path class="mark-wall" d="M18.5 22h11v18h-11z" />
      <path class="mark-window" d="M21 26h6v2.4h-6zm0 5h6v2.4h-6z" />
    </svg>
  );
}
