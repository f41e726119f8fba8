import type { Appearance } from "../../protocol/site.ts";
import { Counter } from "../parts/counter.tsx";
import { ReaderPicture } from "../parts/reader-picture.tsx";
import type { FirstWords } from "../text/first-words.ts";

/** A badge was read and is being looked up. */
export function Identifying(props: { words: FirstWords; appearance: Appearance }) {
  const { text } = props.words;
  return (
    <Counter
      appearance={props.appearance}
      tone="accent"
      title={text.identifying.title}
      picture={<ReaderPicture mood="reading" />}
    >
      <p class="counter-lead" role="status">
        {text.identifying.body}
      </p>
    </Counter>
  );
}
