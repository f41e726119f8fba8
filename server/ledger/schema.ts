import type { Migration } from "../../storage/migrate.ts";

const safe = "BETWEEN -9007199254740991 AND 9007199254740991";

/**
 * Double entry: a transfer is a set of entries that sum to nothing in each unit. Entries and transfers
 * are only ever added; SQLite itself refuses anything else. An account's balance and its count of
 * entries are kept beside them in the same transaction, and are checked against them.
 */
export const ledgerSchema: Migration = {
  id: "ledger-1",
  up: `
CREATE TABLE account (
  account TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'credit-source', 'revenue', 'suspense')),
  unit TEXT NOT NULL CHECK (unit IN ('money', 'pages')),
  person_id TEXT REFERENCES person (person_id),
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance ${safe}),
  reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved ${safe} AND reserved >= 0),
  overdraft INTEGER NOT NULL DEFAULT 0 CHECK (overdraft ${safe} AND overdraft >= 0),
  entries INTEGER NOT NULL DEFAULT 0,
  CHECK ((kind = 'person') = (person_id IS NOT NULL)),
  UNIQUE (person_id, unit)
) STRICT, WITHOUT ROWID;

INSERT INTO account (account, kind, unit) VALUES
  ('credit-source:money', 'credit-source', 'money'), ('credit-source:pages', 'credit-source', 'pages'),
  ('revenue:money', 'revenue', 'money'), ('revenue:pages', 'revenue', 'pages'),
  ('suspense:money', 'suspense', 'money'), ('suspense:pages', 'suspense', 'pages');

CREATE TABLE transfer (
  transfer TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  release_id TEXT,
  comment TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  entry INTEGER PRIMARY KEY,
  transfer TEXT NOT NULL REFERENCES transfer (transfer),
  account TEXT NOT NULL REFERENCES account (account),
  amount INTEGER NOT NULL CHECK (amount ${safe} AND amount <> 0),
  balance_after INTEGER NOT NULL CHECK (balance_after ${safe})
) STRICT;
CREATE INDEX entry_of_transfer ON entry (transfer);
CREATE INDEX entry_of_account ON entry (account);

CREATE TRIGGER transfer_is_not_changed BEFORE UPDATE ON transfer
  BEGIN SELECT RAISE(ABORT, 'A transfer is never changed: correct it by another.'); END;
CREATE TRIGGER transfer_is_not_deleted BEFORE DELETE ON transfer
  BEGIN SELECT RAISE(ABORT, 'A transfer is never deleted: correct it by another.'); END;
CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'An entry is never changed: correct it by another transfer.'); END;
CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'An entry is never deleted: correct it by another transfer.'); END;

CREATE TABLE reservation (
  release_id TEXT PRIMARY KEY,
  bridge TEXT NOT NULL,
  person_id TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('pending', 'refused', 'settled', 'voided', 'uncertain', 'decided')),
  reason TEXT,
  asked TEXT,
  ended TEXT,
  at INTEGER NOT NULL,
  CHECK ((state = 'refused') = (reason IS NOT NULL)),
  CHECK (state <> 'pending' OR asked IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_pending ON reservation (release_id) WHERE state = 'pending';

CREATE TABLE reservation_leg (
  release_id TEXT NOT NULL REFERENCES reservation (release_id),
  account TEXT NOT NULL REFERENCES account (account),
  amount INTEGER NOT NULL CHECK (amount ${safe} AND amount >= 0),
  PRIMARY KEY (release_id, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE uncertain (
  release_id TEXT PRIMARY KEY REFERENCES reservation (release_id),
  bridge TEXT NOT NULL,
  person_id TEXT NOT NULL,
  device TEXT NOT NULL,
  job_id TEXT NOT NULL,
  why TEXT NOT NULL,
  at_least INTEGER NOT NULL,
  wanted INTEGER NOT NULL,
  price INTEGER NOT NULL,
  since INTEGER NOT NULL,
  decision TEXT CHECK (decision IN ('printed', 'not-printed')),
  impressions INTEGER,
  closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX uncertain_open ON uncertain (bridge, since) WHERE closed_at IS NULL;

CREATE TABLE journal_entry (
  bridge TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (bridge, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_trouble (
  trouble INTEGER PRIMARY KEY,
  bridge TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  release_id TEXT NOT NULL,
  why TEXT NOT NULL,
  fact TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (bridge, epoch, seq, fact)
) STRICT;
`,
};
