import type { EndedJob } from "../../protocol/missing-jobs.ts";
import type { JobSummary } from "../../protocol/provider-server.ts";
import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { loginKey } from "../people/login-name.ts";
import { perDatabase } from "../per-database.ts";

/**
 * Jobs that are over, so that a person who looks for one at a screen is told what became of it. Titles
 * are personal: they are kept for a day and no longer.
 */
export const endedJobsSchema: Migration = {
  id: "jobs-2-ended",
  up: `
CREATE TABLE ended_job (
  provider TEXT NOT NULL,
  job_id TEXT NOT NULL,
  owner_key TEXT NOT NULL,
  title TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('printed', 'cancelled', 'expired')),
  PRIMARY KEY (provider, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ended_job_of_owner ON ended_job (owner_key, ended_at DESC);
CREATE INDEX ended_job_by_time ON ended_job (ended_at);
`,
};

const keptMs = 24 * 3_600_000;
const mostShown = 50;

type Row = { title: string; submitted_at: string; ended_at: number; how: EndedJob["how"] };

const statements = perDatabase((db) => ({
  note: statement<Readonly<Record<string, string | number>>>(
    db,
    `INSERT OR IGNORE INTO ended_job (provider, job_id, owner_key, title, submitted_at, ended_at, how)
     VALUES (:provider, :jobId, :ownerKey, :title, :submittedAt, :now, :how)`,
  ),
  old: statement<{ before: number }>(db, "DELETE FROM ended_job WHERE ended_at < :before"),
  of: statement<{ key: string; since: number; most: number }, Row>(
    db,
    `SELECT title, submitted_at, ended_at, how FROM ended_job
     WHERE owner_key = :key AND ended_at >= :since ORDER BY ended_at DESC LIMIT :most`,
  ),
  forget: statement<{ key: string }>(db, "DELETE FROM ended_job WHERE owner_key = :key"),
}));

/** Keeps that a job is over, and lets go of what is older than a day. `now`: the server's wall clock. */
export function noteEndedJob(
  db: Database,
  ended: { provider: string; job: JobSummary; how: EndedJob["how"] },
  now: number,
): void {
  const { provider, job, how } = ended;
  const { jobId, owner, title, submittedAt } = job;
  const ownerKey = loginKey(owner);
  statements(db).note.run({ provider, jobId, ownerKey, title, submittedAt, now, how });
  forgetOldEndedJobs(db, now);
}

export function forgetOldEndedJobs(db: Database, now: number): void {
  statements(db).old.run({ before: now - keptMs });
}

/** Jobs of a person that were over in the last day, newest first. */
export function endedJobsOf(db: Database, login: string, now: number): EndedJob[] {
  return statements(db)
    .of.all({ key: loginKey(login), since: now - keptMs, most: mostShown })
    .map(({ title, submitted_at, ended_at, how }) => ({
      title,
      submittedAt: submitted_at,
      endedAt: new Date(ended_at).toISOString(),
      how,
    }));
}

/** Takes them from a person whose name is taken away. */
export function forgetEndedJobs(db: Database, ownerKey: string): void {
  statements(db).forget.run({ key: ownerKey });
}
