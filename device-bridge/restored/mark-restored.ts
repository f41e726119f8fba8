import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { openJournal } from "../journal/journal.ts";
import { createOutbox } from "../journal/outbox.ts";
import type { Phase } from "../release/release.ts";

/**
 * Prepares a journal that was just put back from a copy. What was journalled after the copy was made is
 * unknown: so a new epoch begins, and every release whose end the copy does not hold is forgotten here,
 * to be asked of provider and server (see `recall-releases.ts`). It is never sent again. `now`: wall clock.
 */
export function markBridgeRestored(db: Database, now: number): void {
  const clock = () => now;
  const journal = openJournal({ db, now: clock });
  const outbox = createOutbox({ db, now: clock });
  const forget = statement<{ id: string }>(db, "DELETE FROM release WHERE id = :id");
  const note = statement<{ at: number; atLeast: string }>(
    db,
    `INSERT INTO restored (one, at, at_least) VALUES (1, :at, :atLeast)
     ON CONFLICT (one) DO UPDATE SET at = :at, at_least = :atLeast`,
  );
  transaction(db, () => {
    const atLeast: Record<string, number> = {};
    for (const { releaseId, phase } of journal.openReleases()) {
      if (isEndKnown(phase)) continue;
      if (phase.kind === "printing") atLeast[releaseId] = phase.watch.jobCount ?? 0;
      forget.run({ id: releaseId });
    }
    outbox.beginEpoch();
    note.run({ at: now, atLeast: JSON.stringify(atLeast) });
  });
}

function isEndKnown({ kind }: Phase): boolean {
  return kind === "finishing" || kind === "undecided" || kind === "closed";
}
