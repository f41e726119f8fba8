import type { Migration } from "../../storage/migrate.ts";

/**
 * What signing in needs beside a badge: numbers, where a person comes from, badges that are blocked or
 * expire (each change with its time), codes of the help desk, and wrong tries by person and place.
 */
export const signInSchema: Migration = {
  id: "people-2-sign-in",
  up: `
ALTER TABLE person ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN source TEXT NOT NULL DEFAULT 'local'
  CHECK (source IN ('local', 'import', 'directory'));
ALTER TABLE person ADD COLUMN directory_id TEXT;
ALTER TABLE person ADD COLUMN directory_at INTEGER;
ALTER TABLE person ADD COLUMN directory_secret TEXT;
ALTER TABLE person ADD COLUMN directory_secret_at INTEGER;
ALTER TABLE person ADD COLUMN left_at INTEGER;
CREATE UNIQUE INDEX person_by_number ON person (number) WHERE number <> '';
CREATE UNIQUE INDEX person_by_directory_id ON person (directory_id) WHERE directory_id IS NOT NULL;

ALTER TABLE badge ADD COLUMN source TEXT NOT NULL DEFAULT 'local'
  CHECK (source IN ('local', 'directory'));
ALTER TABLE badge ADD COLUMN blocked_at INTEGER;
ALTER TABLE badge ADD COLUMN expires_at INTEGER;

CREATE TABLE badge_event (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  what TEXT NOT NULL CHECK (what IN ('given', 'taken', 'blocked', 'unblocked', 'until')),
  sealed BLOB NOT NULL,
  until INTEGER
) STRICT;
CREATE INDEX badge_event_of_person ON badge_event (person_id, id);

CREATE TABLE sign_in_try (
  subject TEXT NOT NULL,
  place TEXT NOT NULL,
  wrong INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (subject, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_try_by_time ON sign_in_try (last_at);

CREATE TABLE link_code (
  finder BLOB PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_seen (
  run TEXT NOT NULL,
  login_key TEXT NOT NULL,
  line INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (run, login_key)
) STRICT, WITHOUT ROWID;
`,
};
