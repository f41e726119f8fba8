import type { Migration } from "../../storage/migrate.ts";

const safe = "BETWEEN -9007199254740991 AND 9007199254740991";

/**
 * Accounts that several people pay from. SQLite cannot change a table's CHECK, so the table of accounts
 * is made anew under its name: with deferred foreign keys the rows that point to it are missing their
 * parent only until it is filled again, within this one transaction.
 *
 * `overdraft` is what counts; it follows from the mode: the account's own amount, or the site's default.
 */
export const sharedAccountsSchema: Migration = {
  id: "shared-accounts-1",
  up: `
PRAGMA defer_foreign_keys = ON;
CREATE INDEX reservation_leg_of_account ON reservation_leg (account);
CREATE TABLE account_before AS SELECT * FROM account;

CREATE TABLE shared_account (
  shared_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parent_id TEXT REFERENCES shared_account (shared_id),
  -- The whole name, folded; none once it was deleted.
  name_key TEXT UNIQUE,
  restricted INTEGER NOT NULL DEFAULT 1 CHECK (restricted IN (0, 1)),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  disabled_until INTEGER,
  notes TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_account_of_parent ON shared_account (parent_id);

DROP TABLE account;
CREATE TABLE account (
  account TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'shared', 'credit-source', 'revenue', 'suspense')),
  unit TEXT NOT NULL CHECK (unit IN ('money', 'pages')),
  person_id TEXT REFERENCES person (person_id),
  shared_id TEXT REFERENCES shared_account (shared_id),
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance ${safe}),
  reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved ${safe} AND reserved >= 0),
  overdraft INTEGER NOT NULL DEFAULT 0 CHECK (overdraft ${safe} AND overdraft >= 0),
  own_overdraft INTEGER NOT NULL DEFAULT 0 CHECK (own_overdraft ${safe} AND own_overdraft >= 0),
  overdraft_mode TEXT NOT NULL DEFAULT 'default'
    CHECK (overdraft_mode IN ('individual', 'default')),
  entries INTEGER NOT NULL DEFAULT 0,
  CHECK ((kind = 'person') = (person_id IS NOT NULL)),
  CHECK ((kind = 'shared') = (shared_id IS NOT NULL)),
  UNIQUE (person_id, unit),
  UNIQUE (shared_id, unit)
) STRICT, WITHOUT ROWID;
INSERT INTO account (account, kind, unit, person_id, balance, reserved, overdraft, own_overdraft,
    overdraft_mode, entries)
  SELECT account, kind, unit, person_id, balance, reserved, overdraft, overdraft,
    CASE WHEN overdraft > 0 THEN 'individual' ELSE 'default' END, entries
  FROM account_before;
DROP TABLE account_before;
DROP INDEX reservation_leg_of_account;

CREATE TABLE shared_access_person (
  shared_id TEXT NOT NULL REFERENCES shared_account (shared_id),
  person_id TEXT NOT NULL REFERENCES person (person_id),
  PRIMARY KEY (shared_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_access_by_person ON shared_access_person (person_id);

CREATE TABLE shared_access_group (
  shared_id TEXT NOT NULL REFERENCES shared_account (shared_id),
  group_id TEXT NOT NULL REFERENCES people_group (group_id),
  PRIMARY KEY (shared_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_access_by_group ON shared_access_group (group_id);
`,
};
