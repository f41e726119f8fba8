import type { JournalFact } from "../../protocol/bridge-server.ts";
import type { ReviewShown } from "../../protocol/device-profile.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

type Row = {
  release_id: string;
  login: string;
  device: string;
  impressions: number;
  wanted: number;
  job: number | null;
  counter: number | null;
  since: number;
};

const statements = perDatabase((db) => ({
  open: statement<Readonly<Record<string, string | number | null>>>(
    db,
    `INSERT OR IGNORE INTO review
       (release_id, person_id, device, impressions, wanted, job, counter, since)
     VALUES (:releaseId, :personId, :device, :impressions, :wanted, :job, :counter, :since)`,
  ),
  list: statement<NoParameters, Row>(
    db,
    `SELECT release_id, login, device, impressions, wanted, job, counter, since
     FROM review JOIN person USING (person_id)
     WHERE closed_at IS NULL ORDER BY since, release_id LIMIT 1000`,
  ),
  close: statement<{ releaseId: string; at: number }>(
    db,
    "UPDATE review SET closed_at = :at WHERE release_id = :releaseId AND closed_at IS NULL",
  ),
}));

/** Notes a settlement at which counters disagreed; within the transaction that charges it. */
export function openReview(
  db: Database,
  fact: Extract<JournalFact, { kind: "settle" }>,
  now: number,
): void {
  if (fact.review === undefined) return;
  const { releaseId, personId, device, impressions, wanted, review } = fact;
  const { job, counter } = review;
  const since = now;
  statements(db).open.run({
    releaseId,
    personId,
    device,
    impressions,
    wanted,
    job,
    counter,
    since,
  });
}

/** What nobody has looked at yet, oldest first. */
export function listReview(db: Database): ReviewShown {
  const releases = statements(db)
    .list.all({})
    .map((row) => ({
      releaseId: row.release_id,
      person: row.login,
      device: row.device,
      charged: row.impressions,
      wanted: row.wanted,
      job: row.job,
      counter: row.counter,
      since: new Date(row.since).toISOString(),
    }));
  return { releases };
}

/** Somebody has looked at it. False when there was nothing to look at. */
export function closeReview(db: Database, releaseId: string, now: number): boolean {
  return statements(db).close.run({ releaseId, at: now }) > 0;
}
