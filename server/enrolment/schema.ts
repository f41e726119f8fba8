import type { Migration } from "../../storage/migrate.ts";

/** Who was enrolled, with the newest generation of each; and codes, by their keyed hash only. */
export const enrolmentSchema: Migration = {
  id: "enrolment-1",
  up: `
CREATE TABLE enrolled (
  subject TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('bridge', 'provider')),
  generation INTEGER NOT NULL CHECK (generation >= 1),
  public_key TEXT NOT NULL,
  url TEXT,
  revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment_code (
  finder BLOB PRIMARY KEY,
  subject TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('bridge', 'provider')),
  expires_at INTEGER NOT NULL,
  used_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolment_code_of_subject ON enrolment_code (subject);
`,
};
