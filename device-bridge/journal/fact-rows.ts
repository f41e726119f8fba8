import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";

/** The newest epoch, and the last number that was used in it. */
export type Head = { readonly epoch: number; readonly last: number };

export interface FactRow {
  readonly seq: number;
  readonly fact: string;
  readonly at: number;
}

export interface FactRows {
  head(): Head | undefined;
  setHead(head: Head): void;
  /** Up to which number the server has an epoch; undefined for one that this journal never had. */
  told(epoch: number): number | undefined;
  setTold(epoch: number, applied: number): void;
  add(row: FactRow & { readonly epoch: number }): void;
  drop(epoch: number, seq: number): void;
  /** The facts of an epoch behind a number, in order; all of them where `most` is -1. */
  after(asked: {
    readonly epoch: number;
    readonly applied: number;
    readonly most: number;
  }): FactRow[];
  forget(options: { readonly moment: number; readonly newest: number }): void;
  waiting(): number;
}

/** The tables of the outbox, without a rule about them. */
export function createFactRows(db: Database): FactRows {
  const readHead = statement<NoParameters, Head>(
    db,
    "SELECT epoch, last_seq AS last FROM outbox_head",
  );
  const makeHead = statement<Head>(
    db,
    `INSERT INTO outbox_head (one, epoch, last_seq) VALUES (1, :epoch, :last)
     ON CONFLICT (one) DO UPDATE SET epoch = :epoch, last_seq = :last`,
  );
  const readTold = statement<{ epoch: number }, { applied: number }>(
    db,
    "SELECT applied FROM told WHERE epoch = :epoch",
  );
  const makeTold = statement<{ epoch: number; applied: number }>(
    db,
    `INSERT INTO told (epoch, applied) VALUES (:epoch, :applied)
     ON CONFLICT (epoch) DO UPDATE SET applied = :applied`,
  );
  const add = statement<{ epoch: number; seq: number; fact: string; at: number }>(
    db,
    "INSERT INTO fact (epoch, seq, fact, at) VALUES (:epoch, :seq, :fact, :at)",
  );
  const drop = statement<{ epoch: number; seq: number }>(
    db,
    "DELETE FROM fact WHERE epoch = :epoch AND seq = :seq",
  );
  const after = statement<{ epoch: number; applied: number; most: number }, FactRow>(
    db,
    `SELECT seq, fact, at FROM fact WHERE epoch = :epoch AND seq > :applied
     ORDER BY seq LIMIT :most`,
  );
  const forgetFacts = statement<{ moment: number }>(
    db,
    `DELETE FROM fact WHERE at < :moment
     AND seq <= (SELECT applied FROM told WHERE told.epoch = fact.epoch)`,
  );
  const forgetEpochs = statement<{ newest: number }>(
    db,
    "DELETE FROM told WHERE epoch <> :newest AND epoch NOT IN (SELECT epoch FROM fact)",
  );
  const count = statement<NoParameters, { n: number }>(
    db,
    "SELECT count(*) AS n FROM told JOIN fact ON fact.epoch = told.epoch AND fact.seq > told.applied",
  );
  return {
    head: () => readHead.get({}),
    setHead: ({ epoch, last }) => void makeHead.run({ epoch, last }),
    told: (epoch) => readTold.get({ epoch })?.applied,
    setTold: (epoch, applied) => void makeTold.run({ epoch, applied }),
    add: ({ epoch, seq, fact, at }) => void add.run({ epoch, seq, fact, at }),
    drop: (epoch, seq) => void drop.run({ epoch, seq }),
    after: ({ epoch, applied, most }) => after.all({ epoch, applied, most }),
    forget({ moment, newest }) {
      forgetFacts.run({ moment });
      forgetEpochs.run({ newest });
    },
    waiting: () => count.get({})?.n ?? 0,
  };
}
