import type { Migration } from "../../storage/migrate.ts";

/** What scripts set at devices beyond what is declared, and how much people and devices printed. */
export const printersSchema: Migration = {
  id: "printers-1",
  up: `
CREATE TABLE device_switch (
  device TEXT PRIMARY KEY,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  disabled_until INTEGER
) STRICT, WITHOUT ROWID;

-- A price set by a script. It stands until another one is declared than was when it was set.
CREATE TABLE device_price (
  device TEXT PRIMARY KEY,
  cost INTEGER NOT NULL CHECK (cost >= 0),
  declared TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device_field (
  device TEXT NOT NULL,
  field INTEGER NOT NULL CHECK (field BETWEEN 1 AND 6),
  value TEXT NOT NULL,
  PRIMARY KEY (device, field)
) STRICT, WITHOUT ROWID;

-- People of these groups only print at a device that has any.
CREATE TABLE device_access_group (
  device TEXT NOT NULL,
  group_id TEXT NOT NULL REFERENCES people_group (group_id),
  PRIMARY KEY (device, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE print_count (
  subject TEXT PRIMARY KEY,
  jobs INTEGER NOT NULL,
  sides INTEGER NOT NULL,
  reset_by TEXT NOT NULL DEFAULT '',
  reset_at INTEGER
) STRICT, WITHOUT ROWID;
`,
};
