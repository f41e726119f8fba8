import type { Migration } from "../../storage/migrate.ts";

/**
 * A person who is removed keeps the row, without a name, since the ledger's entries stay. Card numbers
 * are sealed with a key outside the database, beside a keyed hash to find them by.
 */
export const peopleSchema: Migration = {
  id: "people-1",
  up: `
CREATE TABLE person (
  person_id TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  login_key TEXT UNIQUE,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL DEFAULT '',
  email_key TEXT NOT NULL DEFAULT '',
  language TEXT,
  role TEXT NOT NULL CHECK (role IN ('user', 'technician')),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  disabled_until INTEGER,
  department TEXT NOT NULL DEFAULT '',
  office TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  pin TEXT,
  password TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_email ON person (email_key) WHERE email_key <> '';

CREATE TABLE badge (
  finder BLOB PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  slot INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 16),
  sealed BLOB NOT NULL,
  UNIQUE (person_id, slot)
) STRICT, WITHOUT ROWID;
`,
};
