import type { Migration } from "../../storage/migrate.ts";

/** What is known of devices beyond what is declared, and settlements that a person shall look at. */
export const devicesSchema: Migration = {
  id: "devices-1",
  up: `
CREATE TABLE device_knowledge (
  device TEXT PRIMARY KEY,
  profile TEXT,
  pinned_key TEXT,
  -- Sealed with a key that is not in this database.
  credentials BLOB,
  -- The name alone, for people to see which one it is.
  user TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
  release_id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  device TEXT NOT NULL,
  impressions INTEGER NOT NULL,
  wanted INTEGER NOT NULL,
  job INTEGER,
  counter INTEGER,
  since INTEGER NOT NULL,
  closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX review_open ON review (since) WHERE closed_at IS NULL;
`,
};
