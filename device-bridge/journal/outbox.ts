import type { JournalBatch, ToldFact } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { createFactRows, type Head } from "./fact-rows.ts";

export interface Outbox {
  /** Adds facts behind the last one; part of the caller's transaction. */
  append(facts: readonly ToldFact[]): void;
  /** The oldest facts that the server has not acknowledged; undefined when there are none. */
  oldest(most: number): JournalBatch | undefined;
  /** The server applied all up to and with this one of this epoch; fewer than before if it went back. */
  acknowledge(epoch: number, applied: number): void;
  /**
   * What the server says it has of this journal, epochs that it does not name not at all. Gives whether
   * it lost something: that is told again.
   */
  compare(marks: readonly { readonly epoch: number; readonly applied: number }[]): boolean;
  /** Numbers what comes from now on anew: this journal was put back from an older copy. */
  beginEpoch(): void;
  /** Forgets facts that the server has, told before `moment`. */
  forgetBefore(moment: number): void;
  /** How many facts wait. */
  waiting(): number;
}

/**
 * What the server must still be told, in order. The epoch numbers a journal: it is made with the
 * database, so that a bridge whose storage was lost never uses a number again. Facts are kept for some
 * weeks after they were told, for a server that loses them.
 */
export function createOutbox(options: {
  readonly db: Database;
  readonly now: () => number;
}): Outbox {
  const { db, now } = options;
  const rows = createFactRows(db);
  const epochs = statement<NoParameters, { epoch: number; applied: number }>(
    db,
    "SELECT epoch, applied FROM told ORDER BY epoch",
  );
  const nextEpoch = (before: number): number => Math.max(before + 1, Math.floor(now() / 1000));

  const head = (): Head => {
    const known = rows.head();
    if (known !== undefined) return known;
    const made = { epoch: Math.max(1, Math.floor(now() / 1000)), last: 0 };
    rows.setHead(made);
    rows.setTold(made.epoch, 0);
    return made;
  };
  transaction(db, () => {
    head();
  });

  /** All that waits gets new numbers in an epoch of its own; each release is charged once all the same. */
  function numberAnew(): void {
    const waiting = epochs
      .all({})
      .flatMap(({ epoch, applied }) =>
        rows
          .after({ epoch, applied, most: -1 })
          .map(({ seq, fact, at }) => ({ epoch, seq, fact, at })),
      );
    const epoch = nextEpoch(head().epoch);
    for (const [index, one] of waiting.entries()) {
      rows.drop(one.epoch, one.seq);
      rows.add({ epoch, seq: index + 1, fact: one.fact, at: one.at });
    }
    rows.setTold(epoch, 0);
    rows.setHead({ epoch, last: waiting.length });
  }

  function take(epoch: number, applied: number): void {
    const { epoch: newest, last } = head();
    // The server knows entries that this journal never wrote: an old copy of the disk was put back.
    if (epoch === newest && applied > last) {
      numberAnew();
      return;
    }
    rows.setTold(epoch, applied);
    const [next] = rows.after({ epoch, applied, most: 1 });
    // What lies between was forgotten here: the server would wait for it for ever.
    if (next !== undefined && next.seq > applied + 1) numberAnew();
  }

  return {
    append(facts) {
      if (facts.length === 0) return;
      const { epoch, last } = head();
      facts.forEach((fact, index) => {
        rows.add({ epoch, seq: last + 1 + index, fact: JSON.stringify(fact), at: now() });
      });
      rows.setHead({ epoch, last: last + facts.length });
    },

    oldest(most) {
      for (const { epoch, applied } of epochs.all({})) {
        const found = rows.after({ epoch, applied, most });
        if (found.length > 0)
          return {
            epoch,
            entries: found.map(({ seq, fact }) => ({ seq, fact: JSON.parse(fact) })),
          };
      }
      return undefined;
    },

    acknowledge(epoch, applied) {
      transaction(db, () => {
        if (rows.told(epoch) !== undefined) take(epoch, applied);
      });
    },

    compare: (marks) =>
      transaction(db, () => {
        const has = new Map(marks.map(({ epoch, applied }) => [epoch, applied]));
        const lost = epochs.all({}).filter(({ epoch, applied }) => (has.get(epoch) ?? 0) < applied);
        for (const { epoch } of lost)
          if (rows.after({ epoch, applied: has.get(epoch) ?? 0, most: 1 }).length > 0)
            take(epoch, has.get(epoch) ?? 0);
        return lost.length > 0;
      }),

    beginEpoch() {
      const epoch = nextEpoch(head().epoch);
      rows.setHead({ epoch, last: 0 });
      rows.setTold(epoch, 0);
    },

    forgetBefore: (moment) => rows.forget({ moment, newest: head().epoch }),
    waiting: () => rows.waiting(),
  };
}
