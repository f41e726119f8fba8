import type { JobSummary, JobsPush } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { loginKey } from "../people/login-name.ts";
import { perDatabase } from "../per-database.ts";
import { noteEndedJob } from "./ended-jobs.ts";

const statements = perDatabase((db) => ({
  revision: statement<{ provider: string }, { revision: number }>(
    db,
    "SELECT revision FROM provider_revision WHERE provider = :provider",
  ),
  reached: statement<{ provider: string; revision: number }>(
    db,
    `INSERT INTO provider_revision (provider, revision) VALUES (:provider, :revision)
     ON CONFLICT (provider) DO UPDATE SET revision = excluded.revision`,
  ),
  put: statement<{
    provider: string;
    jobId: string;
    ownerKey: string;
    submittedAt: string;
    body: string;
  }>(
    db,
    `INSERT INTO job (provider, job_id, owner_key, submitted_at, body)
     VALUES (:provider, :jobId, :ownerKey, :submittedAt, :body)
     ON CONFLICT (provider, job_id) DO UPDATE SET owner_key = excluded.owner_key,
       submitted_at = excluded.submitted_at, body = excluded.body`,
  ),
  drop: statement<{ provider: string; jobId: string }>(
    db,
    "DELETE FROM job WHERE provider = :provider AND job_id = :jobId",
  ),
  dropAll: statement<{ provider: string }>(db, "DELETE FROM job WHERE provider = :provider"),
  forget: statement<{ provider: string }>(
    db,
    "DELETE FROM provider_revision WHERE provider = :provider",
  ),
}));

/**
 * Takes what changed at a provider since the revision that is known here, and gives the revision known
 * then. `now` is the server's wall clock. A push from another revision changes nothing: the provider goes on from the answer.
 */
export function takeJobs(db: Database, provider: string, push: JobsPush, now: number): number {
  return transaction(db, () => {
    const known = statements(db).revision.get({ provider })?.revision ?? 0;
    if (push.after !== known || push.upTo < known) return known;
    for (const job of push.jobs) takeJob(db, { provider, job }, now);
    for (const jobId of push.gone) statements(db).drop.run({ provider, jobId });
    if (push.upTo > known) statements(db).reached.run({ provider, revision: push.upTo });
    return push.upTo;
  });
}

/** A provider that was enrolled anew may have a new spool, whose revisions begin again. */
export function forgetJobsOf(db: Database, provider: string): void {
  transaction(db, () => {
    statements(db).dropAll.run({ provider });
    statements(db).forget.run({ provider });
  });
}

function takeJob(
  db: Database,
  { provider, job }: { provider: string; job: JobSummary },
  now: number,
): void {
  const { state } = job;
  if (state === "printed" || state === "cancelled" || state === "expired") {
    statements(db).drop.run({ provider, jobId: job.jobId });
    noteEndedJob(db, { provider, job, how: state }, now);
    return;
  }
  statements(db).put.run({
    provider,
    jobId: job.jobId,
    ownerKey: loginKey(job.owner),
    submittedAt: job.submittedAt,
    body: JSON.stringify(job),
  });
}
