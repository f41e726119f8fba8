/** Small signs beside words that say the same. */

export function WarningSign() {
  return (
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
      <path class="sign-fill" d="M16 3 30 28H2z" />
      <path class="sign-cut" d="M14.5 12h3v8h-3zm0 10h3v3h-3z" />
    </svg>
  );
}

export function DoneSign() {
  return (
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
      <circle class="sign-fill" cx="16" cy="16" r="14" />
      <path class="sign-line" d="M9 16.5l5 5 9-10.5" />
    </svg>
  );
}

export function PartSign() {
  return (
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
      <circle class="sign-fill" cx="16" cy="16" r="14" />
      <path class="sign-cut" d="M8 14.5h16v3H8z" />
    </svg>
  );
}

/** The tick of a chosen document. */
export function Tick() {
  return (
    <svg class="tick" viewBox="0 0 32 32" aria-hidden="true">
      <path class="tick-line" d="M6 17l7 7L26 9" />
    </svg>
  );
}

/** A sheet of paper with its number of pages on it; its corner is the site's colour where it has colour. */
export function Sheet(props: { pages?: number | undefined; colour?: boolean }) {
  return (
    <span class={`sheet ${props.colour === true ? "sheet--colour" : ""}`} aria-hidden="true">
      <svg viewBox="0 0 40 50" aria-hidden="true">
        <path class="sheet-paper" d="M1.5 1.5H28l10.5 10.5v36.5h-37z" />
        <path class="sheet-corner" d="M28 1.5V12h10.5z" />
      </svg>
      <span class="sheet-pages">{props.pages}</span>
    </span>
  );
}

/** Sliders: how it is to be printed; filled where it was set. */
export function Sliders(props: { isSet: boolean }) {
  return (
    <svg class={`sign ${props.isSet ? "sign--set" : ""}`} viewBox="0 0 32 32" aria-hidden="true">
      <path class="sliders-line" d="M4 9h24M4 16h24M4 23h24" />
      <circle class="sliders-knob" cx="21" cy="9" r="3.5" />
      <circle class="sliders-knob" cx="11" cy="16" r="3.5" />
      <circle class="sliders-knob" cx="18" cy="23" r="3.5" />
    </svg>
  );
}
