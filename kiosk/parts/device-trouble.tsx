import type { DeviceProblem } from "../../protocol/kiosk.ts";
import type { Words } from "../text/words.ts";
import { WarningSign } from "./signs.tsx";

/** What is wrong with a device, and what to do about it. Said at once to those who listen. */
export function DeviceTrouble(props: { words: Words; device: string; problem: DeviceProblem }) {
  const { text } = props.words;
  return (
    <div class="trouble" role="alert">
      <WarningSign />
      <p>
        <strong>
          {props.words.fill(text.device.blocked, {
            device: props.device,
            problem: text.problem[props.problem],
          })}
        </strong>
        <span class="trouble-todo">{text.whatToDo[props.problem]}</span>
      </p>
    </div>
  );
}
