import type { Migration } from "../../storage/migrate.ts";

/** What would have been charged, beside the ledger; and what devices' own meters say. */
export const shadowSchema: Migration = {
  id: "shadow-1",
  up: `
-- Releases that charge nobody, from their reservation to their end.
CREATE TABLE shadow_release (release_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Double entry as in the ledger, and no account's balance knows of it.
CREATE TABLE shadow_transfer (
  transfer TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  release_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shadow_transfer_of_release ON shadow_transfer (release_id);
CREATE TABLE shadow_entry (
  entry INTEGER PRIMARY KEY,
  transfer TEXT NOT NULL REFERENCES shadow_transfer (transfer),
  account TEXT NOT NULL REFERENCES account (account),
  amount INTEGER NOT NULL
    CHECK (amount BETWEEN -9007199254740991 AND 9007199254740991 AND amount <> 0)
) STRICT;
CREATE TRIGGER shadow_entry_is_not_changed BEFORE UPDATE ON shadow_entry
  BEGIN SELECT RAISE(ABORT, 'An entry is never changed.'); END;
CREATE TRIGGER shadow_entry_is_not_deleted BEFORE DELETE ON shadow_entry
  BEGIN SELECT RAISE(ABORT, 'An entry is never deleted.'); END;

-- The newest reading of each device, and what the journal told after it.
CREATE TABLE meter (
  device TEXT PRIMARY KEY,
  bridge TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL,
  meter TEXT NOT NULL,
  sides INTEGER,
  uuid TEXT,
  accounted INTEGER NOT NULL DEFAULT 0,
  uncertain INTEGER NOT NULL DEFAULT 0,
  charged INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE meter_day (
  device TEXT NOT NULL,
  day TEXT NOT NULL,
  moved INTEGER NOT NULL,
  accounted INTEGER NOT NULL,
  uncertain INTEGER NOT NULL,
  charged INTEGER NOT NULL,
  PRIMARY KEY (device, day)
) STRICT, WITHOUT ROWID;

-- Where meter and releases differ, or cannot be compared.
CREATE TABLE meter_event (
  event INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  day TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  moved INTEGER NOT NULL,
  accounted INTEGER NOT NULL,
  uncertain INTEGER NOT NULL,
  gap TEXT
) STRICT;
CREATE INDEX meter_event_of_day ON meter_event (device, day);
`,
};
