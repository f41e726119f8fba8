import type { JobsPush } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision, readRevisions } from "../database/provider-row.ts";
import { jobsChangedAfter } from "../jobs/find-jobs.ts";
import { summaryOf } from "../jobs/job.ts";

const itemsMost = 500;
/** Long documents of mixed colour have long particulars; the server takes 32 MiB at a time. */
const bytesMost = 8 * 1024 * 1024;
/** A server that was put back to an old copy can still be told of so many forgotten jobs. */
const goneKept = 10_000;

const goneAfter = prepared<{ after: number; most: number }, { job_id: string; revision: number }>(
  "SELECT job_id, revision FROM gone WHERE revision > :after ORDER BY revision LIMIT :most",
);
const pruneGone = prepared<{ most: number }>(
  `DELETE FROM gone WHERE revision <=
     (SELECT revision FROM gone ORDER BY revision DESC LIMIT 1 OFFSET :most)`,
);
const setRevision = prepared<{ revision: number }>(
  "UPDATE provider SET revision = :revision WHERE one = 1",
);
const idsByRevision = prepared<Record<never, never>, { id: string }>(
  "SELECT id FROM job ORDER BY revision",
);
const restamp = prepared<{ id: string; revision: number }>(
  "UPDATE job SET revision = :revision WHERE id = :id",
);

/** What a server that has the changes up to `after` is told next, or undefined when it knows all. */
export function nextPush(db: Database, after: number): JobsPush | undefined {
  const { newest } = readRevisions(db);
  if (after >= newest) return undefined;
  const changes = [
    ...jobsChangedAfter(db, after, itemsMost).map((job) => ({
      revision: job.revision,
      job: summaryOf(job),
    })),
    ...goneAfter(db)
      .all({ after, most: itemsMost })
      .map(({ job_id, revision }) => ({ revision, gone: job_id })),
  ].sort((a, b) => a.revision - b.revision);
  const push: JobsPush = { after, upTo: newest, jobs: [], gone: [] };
  let bytes = 0;
  for (const [index, change] of changes.entries()) {
    bytes += "job" in change ? JSON.stringify(change.job).length : 40;
    if (index > 0 && (index >= itemsMost || bytes > bytesMost)) return push;
    if ("job" in change) push.jobs.push(change.job);
    else push.gone.push(change.gone);
    push.upTo = change.revision;
  }
  if (changes.length < itemsMost) push.upTo = newest;
  return push;
}

/**
 * Tells all that is here anew, with revisions beyond one that the server has and this database never
 * reached: it is an older copy, put back.
 */
export function tellAllAfter(db: Database, revision: number): void {
  transaction(db, () => {
    setRevision(db).run({ revision });
    for (const { id } of idsByRevision(db).all({}))
      restamp(db).run({ id, revision: nextRevision(db) });
  });
}

/** Lets go of the oldest of the jobs that are gone; a server that old hears of them at a claim. */
export function pruneGoneJobs(db: Database): void {
  pruneGone(db).run({ most: goneKept });
}
