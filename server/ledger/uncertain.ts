import type { UncertainRelease } from "../../protocol/admin.ts";
import type { Decision, JournalFact } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { bumpRevision } from "../site/revision.ts";
import { moneyOf } from "./legs.ts";

type Row = {
  release_id: string;
  bridge: string;
  login: string;
  device: string;
  why: string;
  at_least: number;
  wanted: number;
  price: number;
  since: number;
  decision: Decision["decision"] | null;
  impressions: number | null;
};

const statements = perDatabase((db) => ({
  open: statement<Readonly<Record<string, string | number>>>(
    db,
    `INSERT INTO uncertain
       (release_id, bridge, person_id, device, job_id, why, at_least, wanted, price, since)
     VALUES (:releaseId, :bridge, :personId, :device, :jobId, :why, :atLeast, :wanted, :price, :since)`,
  ),
  close: statement<{ releaseId: string; at: number }>(
    db,
    "UPDATE uncertain SET closed_at = :at WHERE release_id = :releaseId",
  ),
  list: statement<{ most: number }, Row>(
    db,
    `SELECT release_id, bridge, login, device, why, at_least, wanted, price, since, decision, impressions
     FROM uncertain JOIN person USING (person_id)
     WHERE closed_at IS NULL ORDER BY since, release_id LIMIT :most`,
  ),
  one: statement<{ releaseId: string }, Row & { closed_at: number | null }>(
    db,
    `SELECT release_id, bridge, login, device, why, at_least, wanted, price, since, decision, impressions, closed_at
     FROM uncertain JOIN person USING (person_id) WHERE release_id = :releaseId`,
  ),
  decide: statement<{ releaseId: string; decision: string; impressions: number | null }>(
    db,
    "UPDATE uncertain SET decision = :decision, impressions = :impressions WHERE release_id = :releaseId",
  ),
  decided: statement<{ bridge: string }, Row>(
    db,
    `SELECT release_id, bridge, '' AS login, device, why, at_least, wanted, price, since, decision, impressions
     FROM uncertain WHERE bridge = :bridge AND closed_at IS NULL AND decision IS NOT NULL
     ORDER BY since, release_id LIMIT 1000`,
  ),
}));

/** Notes a release that a person has to decide about. */
export function openUncertain(
  db: Database,
  opened: { bridge: string; fact: Extract<JournalFact, { kind: "uncertain" }> },
  now: number,
): void {
  const { releaseId, personId, device, jobId, why, atLeast, wanted, legs } = opened.fact;
  statements(db).open.run({
    releaseId,
    bridge: opened.bridge,
    personId,
    device,
    jobId,
    why,
    atLeast,
    wanted,
    price: moneyOf(legs),
    since: now,
  });
}

/** The bridge carried out the decision: it is not told again. */
export function closeUncertain(db: Database, releaseId: string, now: number): void {
  statements(db).close.run({ releaseId, at: now });
}

/** What waits for a person or for its bridge, oldest first, at most 1000. */
export function listUncertain(db: Database): UncertainRelease[] {
  return statements(db)
    .list.all({ most: 1000 })
    .map((row) => ({
      releaseId: row.release_id,
      person: row.login,
      device: row.device,
      bridge: row.bridge,
      why: row.why,
      atLeast: row.at_least,
      wanted: row.wanted,
      price: row.price,
      since: new Date(row.since).toISOString(),
      decision: row.decision,
    }));
}

/** Decisions that a bridge has not answered with `decided` yet. */
export function decisionsFor(db: Database, bridge: string): Decision[] {
  return statements(db)
    .decided.all({ bridge })
    .flatMap(({ release_id, decision, impressions }) =>
      decision === null
        ? []
        : [{ releaseId: release_id, decision, ...(impressions === null ? {} : { impressions }) }],
    );
}

export type Decided =
  | { kind: "decided"; bridge: string }
  | { kind: "unknown" }
  | { kind: "conflict"; sentence: string };

/**
 * Stores a person's decision, once: the bridge may be carrying it out already, so another decision
 * about the same release is refused. Repeating the same one is harmless.
 */
export function decideUncertain(db: Database, decision: Decision): Decided {
  return transaction(db, (): Decided => {
    const row = statements(db).one.get({ releaseId: decision.releaseId });
    if (row === undefined) return { kind: "unknown" };
    const impressions = decision.decision === "printed" ? (decision.impressions ?? null) : null;
    if (impressions !== null && (impressions > row.wanted || impressions < row.at_least))
      return conflict(`Between ${row.at_least} and ${row.wanted} sides can have come out.`);
    if (row.decision === decision.decision && row.impressions === impressions)
      return { kind: "decided", bridge: row.bridge };
    if (row.decision !== null || row.closed_at !== null)
      return conflict("This release was decided already. Correct it by a credit, with a comment.");
    statements(db).decide.run({ ...decision, impressions });
    bumpRevision(db, { kind: "decisions", bridge: row.bridge });
    return { kind: "decided", bridge: row.bridge };
  });
}

function conflict(sentence: string): Decided {
  return { kind: "conflict", sentence };
}
