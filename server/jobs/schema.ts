import type { Migration } from "../../storage/migrate.ts";

/** A cache of what providers said, by their revisions; only jobs that a person may still see. */
export const jobsSchema: Migration = {
  id: "jobs-1",
  up: `
CREATE TABLE provider_revision (
  provider TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  provider TEXT NOT NULL,
  job_id TEXT NOT NULL,
  owner_key TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (provider, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_of_owner ON job (owner_key, submitted_at DESC);
`,
};
