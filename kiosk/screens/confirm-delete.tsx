import type { DocumentView } from "../../protocol/kiosk.ts";
import type { Appearance } from "../../protocol/site.ts";
import { Counter } from "../parts/counter.tsx";
import { Sheet } from "../parts/signs.tsx";
import type { Words } from "../text/words.ts";

const mostTitles = 3;

/** Deleting cannot be undone, so it is asked once. `isUnderWay`: the bridge was asked and answers soon. */
export function ConfirmDelete(props: {
  words: Words;
  appearance: Appearance;
  documents: readonly DocumentView[];
  isUnderWay: boolean;
  onConfirm: () => void;
  onKeep: () => void;
}) {
  const { words, documents } = props;
  const { confirmDelete } = words.text;
  const more = documents.length - mostTitles;
  return (
    <Counter
      appearance={props.appearance}
      title={
        props.isUnderWay
          ? confirmDelete.deleting
          : words.count(confirmDelete.title, documents.length)
      }
      picture={
        <ul class="doomed">
          {documents.slice(0, mostTitles).map((document) => (
            <li key={document.jobId} class="doomed-line">
              <Sheet pages={document.counted?.pages} />
              <span class="doomed-title">{document.title}</span>
            </li>
          ))}
          {more > 0 && <li class="doomed-more">{words.count(confirmDelete.more, more)}</li>}
        </ul>
      }
    >
      <p class="counter-lead">{confirmDelete.body}</p>
      {!props.isUnderWay && (
        <div class="buttons">
          <button type="button" class="button button--danger" onClick={props.onConfirm}>
            {confirmDelete.yes}
          </button>
          <button type="button" class="button" onClick={props.onKeep}>
            {confirmDelete.no}
          </button>
        </div>
      )}
    </Counter>
  );
}
