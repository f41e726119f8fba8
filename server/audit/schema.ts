import type { Migration } from "../../storage/migrate.ts";

/**
 * Who read or changed what about whom. Entries are only ever added, each with a hash over itself and the
 * one before, so that a change in the middle shows as soon as anybody kept a later hash. People are named
 * by their ids alone: who is removed from the people has no name here either.
 */
export const auditSchema: Migration = {
  id: "audit-1",
  up: `
CREATE TABLE audit (
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  about TEXT,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_about ON audit (about, entry) WHERE about IS NOT NULL;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'The audit is never changed.'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'Nothing is deleted from the audit.'); END;
`,
};
