import type { Journal } from "../../device-bridge/journal/journal.ts";

/** The journal of a process that may die before any of its commits. */
export function dyingJournal(journal: Journal, mayDie: () => void): Journal {
  return {
    ...journal,
    storeIntent(id, releases) {
      mayDie();
      journal.storeIntent(id, releases);
    },
    storeStep(step) {
      mayDie();
      journal.storeStep(step);
    },
  };
}
