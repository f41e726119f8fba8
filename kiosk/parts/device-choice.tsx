import type { DeviceView } from "../../protocol/kiosk.ts";
import type { Words } from "../text/words.ts";

/** At which of the terminal's devices to print; nothing where there is only one. */
export function DeviceChoice(props: {
  words: Words;
  devices: readonly DeviceView[];
  inUse: DeviceView | undefined;
  onChoose: (device: string) => void;
}) {
  if (props.devices.length < 2) return null;
  return (
    <div class="devices" role="radiogroup" aria-labelledby="print-at">
      <p id="print-at" class="devices-legend">
        {props.words.text.printAt}
      </p>
      {props.devices.map((device) => (
        <label key={device.id} class={`device device--${device.state}`}>
          <input
            class="device-input"
            type="radio"
            name="device"
            checked={device.id === props.inUse?.id}
            onChange={() => props.onChoose(device.id)}
          />
          <span class="device-name">
            {device.name}
            <span class="device-state">{props.words.text.deviceState[device.state]}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
