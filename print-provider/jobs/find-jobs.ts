import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";
import type { Job } from "./job.ts";
import { type JobRow, jobOf } from "./job-row.ts";

const byId = prepared<{ id: string }, JobRow>("SELECT * FROM job WHERE id = :id");
const byNumber = prepared<{ number: number }, JobRow>("SELECT * FROM job WHERE number = :number");
const changed = prepared<{ after: number; most: number }, JobRow>(
  `SELECT * FROM job WHERE revision > :after AND claimed_by_code IS NOT 0
   ORDER BY revision LIMIT :most`,
);
const inState = prepared<{ state: string; queue: string; most: number }, JobRow>(
  `SELECT * FROM job WHERE state = :state AND queue = :queue
   AND claimed_by_code IS NOT 0 ORDER BY number LIMIT :most`,
);
const idsInState = prepared<{ state: string }, { id: string }>(
  "SELECT id FROM job WHERE state = :state ORDER BY number",
);
const countLiveOfOwner = prepared<{ owner_key: string }, { count: number }>(
  `SELECT count(*) AS count FROM job
   WHERE owner_key = :owner_key AND state IN ('receiving', 'analysing', 'held')`,
);
const countLiveOfQueue = prepared<{ queue: string }, { count: number }>(
  `SELECT count(*) AS count FROM job WHERE queue = :queue
   AND state IN ('receiving', 'analysing', 'held', 'claimed', 'uncertain')`,
);
const countStates = prepared<Record<never, never>, { state: string; count: number }>(
  "SELECT state, count(*) AS count FROM job GROUP BY state",
);

export function findJob(db: Database, id: string): Job | undefined {
  const row = byId(db).get({ id });
  return row === undefined ? undefined : jobOf(row);
}

/** By IPP `job-id`. */
export function findJobByNumber(db: Database, number: number): Job | undefined {
  const row = byNumber(db).get({ number });
  return row === undefined ? undefined : jobOf(row);
}

/** Jobs that changed after a revision, the oldest change first; none that is nobody's. */
export function jobsChangedAfter(db: Database, after: number, most: number): Job[] {
  return changed(db).all({ after, most }).map(jobOf);
}

/** Held jobs of one queue that are somebody's, the oldest first. */
export function heldJobsOf(db: Database, queue: string, most: number): Job[] {
  return inState(db).all({ state: "held", queue, most }).map(jobOf);
}

/** Ids of jobs whose analysis has not come to its end. */
export function jobsToAnalyse(db: Database): string[] {
  return idsInState(db)
    .all({ state: "analysing" })
    .map(({ id }) => id);
}

/** Jobs of a person that still take room. */
export function countJobsOfOwner(db: Database, ownerKey: string): number {
  return countLiveOfOwner(db).get({ owner_key: ownerKey })?.count ?? 0;
}

/** Jobs of a queue that have not ended: IPP `queued-job-count`. */
export function countJobsOfQueue(db: Database, queue: string): number {
  return countLiveOfQueue(db).get({ queue })?.count ?? 0;
}

export function countJobsByState(db: Database): { state: string; count: number }[] {
  return countStates(db).all({});
}
