import { createHash } from "node:crypto";
import type { JournalBatch, ToldFact } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { accountFor, takeReading } from "../shadow/meter.ts";
import { applyFact, type FactEffect } from "./apply-fact.ts";

export type JournalResult = {
  /** The last entry of this epoch that has its effect. */
  applied: number;
  /** What each entry that was new did, for the log. */
  effects: { seq: number; fact: ToldFact; effect: FactEffect }[];
};

const statements = perDatabase((db) => ({
  last: statement<{ bridge: string; epoch: number }, { seq: number | null }>(
    db,
    "SELECT max(seq) AS seq FROM journal_entry WHERE bridge = :bridge AND epoch = :epoch",
  ),
  marks: statement<{ bridge: string }, { epoch: number; applied: number }>(
    db,
    // From epoch to epoch by the index: a bridge's entries are millions, its epochs a handful.
    `WITH RECURSIVE newest (epoch) AS (
       SELECT max(epoch) FROM journal_entry WHERE bridge = :bridge
       UNION ALL
       SELECT (SELECT max(epoch) FROM journal_entry WHERE bridge = :bridge AND epoch < newest.epoch)
       FROM newest WHERE newest.epoch IS NOT NULL
     )
     SELECT epoch, (SELECT max(seq) FROM journal_entry
       WHERE bridge = :bridge AND journal_entry.epoch = newest.epoch) AS applied
     FROM newest WHERE epoch IS NOT NULL LIMIT 64`,
  ),
  digest: statement<{ bridge: string; epoch: number; seq: number }, { digest: string }>(
    db,
    "SELECT digest FROM journal_entry WHERE bridge = :bridge AND epoch = :epoch AND seq = :seq",
  ),
  note: statement<{ bridge: string; epoch: number; seq: number; digest: string }>(
    db,
    "INSERT INTO journal_entry (bridge, epoch, seq, digest) VALUES (:bridge, :epoch, :seq, :digest)",
  ),
  trouble: statement<Readonly<Record<string, string | number>>>(
    db,
    `INSERT OR IGNORE INTO journal_trouble (bridge, epoch, seq, release_id, why, fact, at)
     VALUES (:bridge, :epoch, :seq, :releaseId, :why, :fact, :at)`,
  ),
  troubles: statement<Record<never, never>, { n: number }>(
    db,
    "SELECT count(*) AS n FROM journal_trouble",
  ),
}));

/**
 * Takes a run of a bridge's journal: each entry that follows the last one of its epoch is applied, in
 * one transaction for the whole run; earlier ones were applied before, and what lies behind a gap waits.
 * So lost, doubled and reordered messages change nothing. An entry that cannot have its effect is kept
 * as a trouble and does not stop those behind it. Deterministic: `now` only dates what is written.
 */
export function applyJournal(
  db: Database,
  said: { bridge: string; batch: JournalBatch },
  now: number,
): JournalResult {
  const { bridge, batch } = said;
  const { epoch } = batch;
  return transaction(db, (): JournalResult => {
    let applied = statements(db).last.get({ bridge, epoch })?.seq ?? 0;
    const effects: JournalResult["effects"] = [];
    for (const { seq, fact } of batch.entries) {
      if (seq > applied + 1) break;
      const digest = digestOf(fact);
      if (seq === applied + 1) {
        const effect = takeFact(db, { bridge, fact }, now);
        statements(db).note.run({ bridge, epoch, seq, digest });
        effects.push({ seq, fact, effect });
        applied = seq;
      } else if (statements(db).digest.get({ bridge, epoch, seq })?.digest !== digest) {
        // An old copy of the bridge's disk was put back without a new epoch: its numbers were used.
        effects.push({ seq, fact, effect: { did: "trouble", why: "number-used-before" } });
      }
    }
    for (const { seq, fact, effect } of effects)
      if (effect.did === "trouble")
        noteTrouble(db, { bridge, epoch, seq, fact, why: effect.why }, now);
    return { applied, effects };
  });
}

function takeFact(db: Database, said: { bridge: string; fact: ToldFact }, now: number): FactEffect {
  const { bridge, fact } = said;
  if (fact.kind === "reading")
    return takeReading(db, { bridge, reading: fact })
      ? { did: "applied" }
      : { did: "trouble", why: "not-its-device" };
  const effect = applyFact(db, { bridge, fact }, now);
  if (effect.did === "applied") accountFor(db, fact);
  return effect;
}

/** How far each of the newest epochs of a bridge's journal was applied. */
export function journalMarks(db: Database, bridge: string): { epoch: number; applied: number }[] {
  return statements(db).marks.all({ bridge });
}

/** How many facts moved no money and wait for a person to look at them. */
export function countTroubles(db: Database): number {
  return statements(db).troubles.get({})?.n ?? 0;
}

function noteTrouble(
  db: Database,
  trouble: { bridge: string; epoch: number; seq: number; fact: ToldFact; why: string },
  now: number,
): void {
  const { fact, ...rest } = trouble;
  statements(db).trouble.run({
    ...rest,
    releaseId: fact.kind === "reading" ? "" : fact.releaseId,
    fact: JSON.stringify(fact),
    at: now,
  });
}

function digestOf(fact: ToldFact): string {
  return createHash("sha256").update(JSON.stringify(fact)).digest("base64url").slice(0, 22);
}
