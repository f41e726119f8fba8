import type { Migration } from "../../storage/migrate.ts";

/** Cards with a code that is worth an amount, once. The codes themselves are kept nowhere. */
export const vouchersSchema: Migration = {
  id: "vouchers-1",
  up: `
CREATE TABLE voucher (
  finder BLOB PRIMARY KEY,
  amount INTEGER NOT NULL CHECK (amount > 0),
  expires_at INTEGER,
  used_by TEXT REFERENCES person (person_id),
  used_at INTEGER,
  CHECK ((used_by IS NULL) = (used_at IS NULL))
) STRICT, WITHOUT ROWID;
`,
};
