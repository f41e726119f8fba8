/**
 * One of a few, each with a target of its own. No fieldset: old panels cannot lay its parts out.
 */
export function Choice<T extends string>(props: {
  name: string;
  legend: string;
  options: readonly { value: T; label: string }[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  return (
    <div class="choice" role="radiogroup" aria-labelledby={`legend-${props.name}`}>
      <p id={`legend-${props.name}`} class="choice-legend">
        {props.legend}
      </p>
      <div class="choice-options">
        {props.options.map(({ value, label }) => (
          <label key={value} class="device">
            <input
              class="device-input"
              type="radio"
              name={props.name}
              checked={value === props.chosen}
              onChange={() => props.onChoose(value)}
            />
            <span class="device-name">{label}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
