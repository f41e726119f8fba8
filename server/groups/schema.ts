import type { Migration } from "../../storage/migrate.ts";

/**
 * Groups of people, and what each member of one is allotted in every period. `allotted_through` is the
 * last period (see `quota-period.ts`) whose allotments are all booked.
 */
export const groupsSchema: Migration = {
  id: "groups-1",
  up: `
CREATE TABLE people_group (
  group_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  period TEXT NOT NULL DEFAULT 'NONE' CHECK (period IN ('NONE', 'DAILY', 'WEEKLY', 'MONTHLY')),
  amount INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
  -- Allotments bring no balance above this; 0 is no limit.
  most INTEGER NOT NULL DEFAULT 0 CHECK (most >= 0),
  allotted_through INTEGER,
  CHECK ((period = 'NONE') = (allotted_through IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE group_member (
  group_id TEXT NOT NULL REFERENCES people_group (group_id),
  person_id TEXT NOT NULL REFERENCES person (person_id),
  PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_of_person ON group_member (person_id);
`,
};
