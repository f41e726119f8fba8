import type { JournalBatch, JournalFact } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";

export interface Outbox {
  /** Adds facts behind the last one; part of the caller's transaction. */
  append(facts: readonly JournalFact[]): void;
  /** The oldest facts that the server has not acknowledged; undefined when there are none. */
  oldest(most: number): JournalBatch | undefined;
  /** The server applied all up to and with this one of this epoch. */
  acknowledge(epoch: number, applied: number): void;
  /** How many facts wait. */
  waiting(): number;
}

type Head = { readonly epoch: number; readonly last: number };

/**
 * What the server must still be told, in order. The epoch numbers a journal: it is made with the
 * database, so that a bridge whose storage was lost never uses a number again.
 */
export function createOutbox(options: {
  readonly db: Database;
  readonly now: () => number;
}): Outbox {
  const { db, now } = options;
  const readHead = statement<NoParameters, Head>(
    db,
    "SELECT epoch, last_seq AS last FROM outbox_head",
  );
  const makeHead = statement<Head>(
    db,
    `INSERT INTO outbox_head (one, epoch, last_seq) VALUES (1, :epoch, :last)
     ON CONFLICT (one) DO UPDATE SET epoch = :epoch, last_seq = :last`,
  );
  const add = statement<{ seq: number; fact: string }>(
    db,
    "INSERT INTO outbox (seq, fact) VALUES (:seq, :fact)",
  );
  const list = statement<{ most: number }, { seq: number; fact: string }>(
    db,
    "SELECT seq, fact FROM outbox ORDER BY seq LIMIT :most",
  );
  const drop = statement<{ applied: number }>(db, "DELETE FROM outbox WHERE seq <= :applied");
  const shift = statement<{ by: number }>(db, "UPDATE outbox SET seq = seq - :by");
  const count = statement<NoParameters, { n: number }>(db, "SELECT count(*) AS n FROM outbox");

  const head = (): Head => {
    const known = readHead.get({});
    if (known !== undefined) return known;
    const made = { epoch: Math.max(1, Math.floor(now() / 1000)), last: 0 };
    makeHead.run(made);
    return made;
  };
  transaction(db, () => {
    head();
  });

  /**
   * The server knows entries that this journal never wrote: an old copy of the disk was put back. What
   * waits is told under a new number of the journal; each release is charged once all the same.
   */
  function beginAnew(before: Head): void {
    const epoch = Math.max(before.epoch + 1, Math.floor(now() / 1000));
    const first = list.get({ most: 1 })?.seq ?? before.last + 1;
    shift.run({ by: first - 1 });
    makeHead.run({ epoch, last: before.last - (first - 1) });
  }

  return {
    append(facts) {
      if (facts.length === 0) return;
      const { epoch, last } = head();
      facts.forEach((fact, index) => {
        add.run({ seq: last + 1 + index, fact: JSON.stringify(fact) });
      });
      makeHead.run({ epoch, last: last + facts.length });
    },

    oldest(most) {
      const rows = list.all({ most });
      if (rows.length === 0) return undefined;
      return {
        epoch: head().epoch,
        entries: rows.map(({ seq, fact }) => ({ seq, fact: JSON.parse(fact) })),
      };
    },

    acknowledge(epoch, applied) {
      transaction(db, () => {
        const before = head();
        if (before.epoch !== epoch) return;
        if (applied > before.last) beginAnew(before);
        else drop.run({ applied });
      });
    },

    waiting: () => count.get({})?.n ?? 0,
  };
}
