import type { Migration } from "../../storage/migrate.ts";

/** All that a bridge must not forget, in one file, so that one commit is one fact. */
export const journalMigrations: readonly Migration[] = [
  {
    id: "1-journal",
    up: `
      -- What a kiosk asked for, by the id that it made: asked again, it is answered and not done again.
      CREATE TABLE intent (
        id TEXT PRIMARY KEY,
        at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE release (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        job_id TEXT NOT NULL,
        phase TEXT NOT NULL,
        -- The release without the particulars of its claim, as JSON.
        state TEXT NOT NULL,
        -- They are written once: a long document has very many runs of pages.
        particulars TEXT,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX release_open ON release (position) WHERE phase <> 'closed';

      -- What the server has not acknowledged yet; numbers without a gap within the epoch.
      CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY,
        fact TEXT NOT NULL
      ) STRICT;

      -- One row: the number of this journal, and of the last entry that it ever wrote.
      CREATE TABLE outbox_head (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        epoch INTEGER NOT NULL,
        last_seq INTEGER NOT NULL
      ) STRICT;

      -- One row: what the server last told of the site, so that a start needs no server.
      CREATE TABLE site (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        told TEXT NOT NULL
      ) STRICT;
    `,
  },
];
