import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision } from "../database/provider-row.ts";
import type { Job } from "../jobs/job.ts";
import { type JobRow, jobOf } from "../jobs/job-row.ts";
import { ownerKey } from "../jobs/owner-name.ts";

/**
 * Jobs of nobody known. `claimed_by_code` is 0 while such a job waits for its owner, 1 once it has one,
 * and null for every other job.
 */
const living = "('receiving', 'analysing', 'held')";

const ofSender = prepared<{ sender: string }, { count: number }>(
  `SELECT count(*) AS count FROM job WHERE claimed_by_code = 0 AND sender = :sender
   AND state IN ${living}`,
);
const all = prepared<Record<never, never>, { count: number }>(
  `SELECT count(*) AS count FROM job WHERE claimed_by_code = 0 AND state IN ${living}`,
);
const shownTo = prepared<{ sender: string; queue: string; most: number }, JobRow>(
  `SELECT * FROM job WHERE claimed_by_code = 0 AND sender = :sender AND queue = :queue
   AND state IN ${living} ORDER BY number DESC LIMIT :most`,
);
const newest = prepared<{ key: string; queue: string; since: number }, { id: string }>(
  `SELECT id FROM job WHERE claimed_by_code = 0 AND owner_key = :key AND queue = :queue
   AND submitted_at >= :since AND state IN ${living} ORDER BY number DESC LIMIT 1`,
);
const byCode = prepared<Record<never, never>, { id: string; owner_key: string; taken: number }>(
  `SELECT id, owner_key, claimed_by_code AS taken FROM job WHERE claimed_by_code IS NOT NULL
   AND state IN ${living}`,
);
const take = prepared<{ id: string; owner: string; key: string; hours: number; revision: number }>(
  `UPDATE job SET owner = :owner, owner_key = :key, claimed_by_code = 1, sender = NULL,
     expires_at = max(expires_at, submitted_at + :hours * 3600000), revision = :revision
   WHERE id = :id AND claimed_by_code = 0 AND state IN ${living}`,
);
const read = prepared<{ id: string }, JobRow>("SELECT * FROM job WHERE id = :id");

/** How many wait: of all, and of one sender's address. */
export function countUnclaimed(db: Database, sender: string): { all: number; ofSender: number } {
  return { all: all(db).get({})?.count ?? 0, ofSender: ofSender(db).get({ sender })?.count ?? 0 };
}

/** What came from an address and waits for its owner, newest first. */
export function unclaimedFrom(
  db: Database,
  asked: { sender: string; queue: string; most?: number },
): Job[] {
  return shownTo(db)
    .all({ most: 20, ...asked })
    .map(jobOf);
}

/** The newest job of a stranger since a moment. */
export function newestUnclaimed(
  db: Database,
  asked: { key: string; queue: string; since: number },
): string | undefined {
  return newest(db).get(asked)?.id;
}

/** Whether a code is that of a job that waits, or was taken and still lives. */
export function isCodeInUse(db: Database, matches: (jobId: string) => boolean): boolean {
  return byCode(db)
    .all({})
    .some(({ id }) => matches(id));
}

/**
 * Gives the job of a code to a person; the one they took with it before, asked again. Undefined for a
 * code of no job, or of two. Durable on return.
 */
export function takeByCode(
  db: Database,
  asked: { owner: string; matches: (jobId: string) => boolean; hoursOf: (queue: string) => number },
): Job | undefined {
  return transaction(db, () => {
    const key = ownerKey(asked.owner);
    const [found, another] = byCode(db)
      .all({})
      .filter(({ id }) => asked.matches(id));
    if (found === undefined || another !== undefined) return undefined;
    const { id } = found;
    if (found.taken === 1) return found.owner_key === key ? jobWith(db, id) : undefined;
    const hours = asked.hoursOf(jobWith(db, id).queue);
    take(db).run({ id, owner: asked.owner, key, hours, revision: nextRevision(db) });
    return jobWith(db, id);
  });
}

function jobWith(db: Database, id: string): Job {
  const row = read(db).get({ id });
  if (row === undefined) throw new Error(`Job ${id} is in the list and is not there.`);
  return jobOf(row);
}
