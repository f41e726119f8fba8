import type { Migration } from "../../storage/migrate.ts";

/** What a server that was put back from a copy must remember of that. */
export const restoredSchema: Migration = {
  id: "restored-1",
  up: `
-- Credentials of generations up to this one may have been given by the server that was lost.
CREATE TABLE generation_floor (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL
) STRICT;
`,
};
