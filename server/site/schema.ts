import type { Migration } from "../../storage/migrate.ts";

/** The declared site as one document, and revisions that only grow. */
export const siteSchema: Migration = {
  id: "site-1",
  up: `
CREATE TABLE site (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  body TEXT NOT NULL,
  price_version INTEGER NOT NULL
) STRICT;

CREATE TABLE revision (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
