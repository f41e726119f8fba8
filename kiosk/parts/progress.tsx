/** How many pages of how many came out. `label` names it for those who listen. */
export function Progress(props: { label: string; done: number; wanted: number; said: string }) {
  const share = props.wanted === 0 ? 0 : Math.min(1, props.done / props.wanted);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={props.wanted}
      aria-valuenow={Math.min(props.done, props.wanted)}
      aria-valuetext={props.said}
    >
      <div class="progress-bar" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
