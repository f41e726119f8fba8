/**
 * What the picture of the badge reader tells: hold a badge here, it is being read, take it away, it was
 * refused, or nothing works.
 */
export type ReaderMood = "inviting" | "reading" | "resting" | "refused" | "off";

/** A badge that comes to a reader. Decoration: the words beside it say the same. */
export function ReaderPicture(props: { mood: ReaderMood }) {
  return (
    <svg class={`reader reader--${props.mood}`} viewBox="0 0 320 340" aria-hidden="true">
      <rect class="reader-body" x="50" y="150" width="220" height="170" rx="26" />
      <rect class="reader-face" x="66" y="166" width="188" height="138" rx="14" />
      <rect class="reader-light" x="130" y="180" width="60" height="9" rx="4.5" />
      <g class="reader-waves">
        <path d="M143 262a24 24 0 0 1 34 0" />
        <path d="M129 247a44 44 0 0 1 62 0" />
        <path d="M115 232a64 64 0 0 1 90 0" />
      </g>
      <g class="reader-badge">
        <rect class="badge-card" x="75" y="22" width="170" height="108" rx="13" />
        <rect class="badge-photo" x="93" y="44" width="44" height="54" rx="6" />
        <path class="badge-line" d="M152 55h70M152 74h52" />
        <circle class="badge-head" cx="115" cy="64" r="10" />
        <path class="badge-head" d="M97 98a18 18 0 0 1 36 0z" />
      </g>
      {props.mood === "refused" && <path class="reader-cross" d="M136 226l48 48m0-48l-48 48" />}
    </svg>
  );
}
