import type { Appearance } from "../../protocol/site.ts";
import { Counter } from "../parts/counter.tsx";
import { ReaderPicture } from "../parts/reader-picture.tsx";
import type { Words } from "../text/words.ts";

/** The person asked to be logged out. */
export function Leaving(props: { words: Words; appearance: Appearance }) {
  const { leaving } = props.words.text;
  return (
    <Counter
      appearance={props.appearance}
      tone="accent"
      title={leaving.title}
      picture={<ReaderPicture mood="resting" />}
    >
      <p class="counter-lead" role="status">
        {leaving.body}
      </p>
    </Counter>
  );
}
