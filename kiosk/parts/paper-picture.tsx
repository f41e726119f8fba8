/** Sheets that come out of a printer, one after the other, while it prints. Decoration. */
export function PaperPicture(props: { isMoving: boolean }) {
  return (
    <svg
      class={`paper ${props.isMoving ? "paper--moving" : ""}`}
      viewBox="0 0 160 112"
      aria-hidden="true"
    >
      <clipPath id="below-slot">
        <path d="M0 52h160v60H0z" />
      </clipPath>
      <rect class="paper-printer" x="6" y="8" width="148" height="56" rx="10" />
      <path class="paper-slot" d="M26 52h108" />
      <circle class="paper-light" cx="134" cy="26" r="5" />
      <g clip-path="url(#below-slot)">
        <g class="paper-sheet paper-sheet--1">
          <path class="paper-page" d="M40 -8h80v58H40z" />
          <path class="paper-line" d="M52 6h44M52 18h56M52 30h50" />
        </g>
        <g class="paper-sheet paper-sheet--2">
          <path class="paper-page" d="M40 -8h80v58H40z" />
          <path class="paper-line" d="M52 6h50M52 18h40M52 30h56" />
        </g>
      </g>
    </svg>
  );
}
