import type { TerminalView } from "../../protocol/kiosk.ts";
import { Counter } from "../parts/counter.tsx";
import { ReaderPicture } from "../parts/reader-picture.tsx";
import type { Words } from "../text/words.ts";

/** Why the tap did not open a session, and what the person can do. */
export function Refused(props: {
  words: Words;
  view: TerminalView;
  reason: NonNullable<TerminalView["refusal"]>;
}) {
  const { title, todo } = props.words.text.refused[props.reason];
  return (
    <Counter
      appearance={props.view.appearance}
      title={title}
      alert
      picture={<ReaderPicture mood="refused" />}
    >
      <p class="counter-lead">{todo}</p>
      {props.view.appearance.help !== undefined && (
        <p class="counter-help">{props.view.appearance.help}</p>
      )}
    </Counter>
  );
}
