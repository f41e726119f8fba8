import type { JobsPush } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision, readRevisions, rememberServerHas } from "../database/provider-row.ts";
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

/** What the server has to be told next, or undefined when it knows all. */
export function nextPush(db: Database): JobsPush | undefined {
  return transaction(db, () => {
    const { newest, serverHas: after } = readRevisions(db);
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
  });
}

/**
 * The server says which revision it has. Where that is one we have not reached, this database is an
 * older copy: all that is here is told again, with revisions beyond it.
 */
export function serverHas(db: Database, revision: number): "told" | "told-again" {
  return transaction(db, () => {
    const { newest } = readRevisions(db);
    rememberServerHas(db, revision);
    if (revision <= newest) {
      pruneGone(db).run({ most: goneKept });
      return "told";
    }
    setRevision(db).run({ revision });
    for (const { id } of idsByRevision(db).all({}))
      restamp(db).run({ id, revision: nextRevision(db) });
    return "told-again";
  });
}
