/** A number that goes up and down by ones. */
export function Stepper(props: {
  legend: string;
  less: string;
  more: string;
  value: number;
  said: string;
  most: number;
  onChange: (value: number) => void;
}) {
  const { value, most, onChange } = props;
  return (
    <div class="choice">
      <p class="choice-legend">{props.legend}</p>
      <div class="choice-options stepper">
        <button
          type="button"
          class="button"
          aria-label={props.less}
          aria-disabled={value <= 1}
          onClick={() => value > 1 && onChange(value - 1)}
        >
          <span aria-hidden="true">−</span>
        </button>
        <output class="stepper-value" aria-live="polite">
          {props.said}
        </output>
        <button
          type="button"
          class="button"
          aria-label={props.more}
          aria-disabled={value >= most}
          onClick={() => value < most && onChange(value + 1)}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
    </div>
  );
}
