import type { UncertainRelease } from "../../protocol/admin.ts";
import type { Decision } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { type Adjusted, type Adjustment, adjustBalance, setBalance } from "./adjust-balance.ts";
import { type Allotment, allot } from "./allot.ts";
import { applyJournal, type JournalResult } from "./apply-journal.ts";
import { type CheckedBooks, checkBooks } from "./check-books.ts";
import { type ReserveCommand, type ReserveResult, reserve } from "./reserve.ts";
import { type Decided, decideUncertain, listUncertain } from "./uncertain.ts";

/**
 * The ledger as the rest of the server sees it: whole commands, each of which happens or does not, and
 * which may be answered by another machine's database.
 */
export type Ledger = {
  reserve: (command: ReserveCommand) => Promise<ReserveResult>;
  applyJournal: (said: Parameters<typeof applyJournal>[1]) => Promise<JournalResult>;
  adjust: (adjustment: Adjustment) => Promise<Adjusted>;
  setBalance: (wanted: Parameters<typeof setBalance>[1]) => Promise<Adjusted>;
  /** Books allotments that are not booked yet, together; gives how many that were. */
  allot: (allotments: readonly Allotment[]) => Promise<number>;
  decide: (decision: Decision) => Promise<Decided>;
  uncertain: () => Promise<UncertainRelease[]>;
  checkBooks: () => Promise<CheckedBooks>;
};

/** The ledger in the server's own SQLite file. `now` is the wall clock, for people to read. */
export function sqliteLedger(db: Database, now: () => number): Ledger {
  return {
    reserve: (command) => settled(() => reserve(db, command, now())),
    applyJournal: (said) => settled(() => applyJournal(db, said, now())),
    adjust: (adjustment) => settled(() => adjustBalance(db, adjustment, now())),
    setBalance: (wanted) => settled(() => setBalance(db, wanted, now())),
    allot: (allotments) => settled(() => allot(db, allotments, now())),
    decide: (decision) => settled(() => decideUncertain(db, decision)),
    uncertain: () => settled(() => listUncertain(db)),
    checkBooks: () => settled(() => checkBooks(db)),
  };
}

function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
