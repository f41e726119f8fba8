import type { SessionView } from "../../protocol/kiosk.ts";
import type { Words } from "../text/words.ts";

/** What is deleted in a moment, and the way back. */
export function HeldDeletion(props: {
  words: Words;
  deletion: NonNullable<SessionView["deletion"]>;
  onUndo: () => void;
}) {
  const { text, count } = props.words;
  return (
    <div class="notice notice--undo">
      <p role="status">{count(text.deletion.deleted, props.deletion.count)}</p>
      <button type="button" class="button" onClick={props.onUndo}>
        {text.deletion.undo}
      </button>
    </div>
  );
}
