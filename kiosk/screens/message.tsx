import type { Appearance } from "../../protocol/site.ts";
import { Counter } from "../parts/counter.tsx";
import { ReaderPicture } from "../parts/reader-picture.tsx";
import type { FirstWords } from "../text/first-words.ts";

type About = { words: FirstWords; appearance: Appearance | undefined };

/** The page has started and has not heard from the bridge yet. */
export function Connecting(props: About) {
  return (
    <Counter
      appearance={props.appearance}
      tone="accent"
      title={props.words.text.connecting}
      picture={<ReaderPicture mood="off" />}
    />
  );
}

/** The bridge cannot be reached. Nothing of a person is shown any more. */
export function OutOfService(props: About) {
  const { outOfService } = props.words.text;
  return (
    <Counter
      appearance={props.appearance}
      title={outOfService.title}
      alert
      picture={<ReaderPicture mood="off" />}
    >
      <p class="counter-lead">{outOfService.todo}</p>
      {props.appearance?.help !== undefined && <p class="counter-help">{props.appearance.help}</p>}
    </Counter>
  );
}
