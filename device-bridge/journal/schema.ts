import type { Migration } from "../../storage/migrate.ts";
import { wrongTriesTable } from "../../storage/wrong-tries.ts";

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
  {
    id: "2-kept-facts",
    up: `
      -- Every fact of the last weeks, told or not: a server that was put back to an older copy is told
      -- again what it lost. Numbers without a gap within each epoch.
      CREATE TABLE fact (
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        fact TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (epoch, seq)
      ) STRICT, WITHOUT ROWID;
      -- Up to which number the server has each epoch.
      CREATE TABLE told (
        epoch INTEGER PRIMARY KEY,
        applied INTEGER NOT NULL
      ) STRICT;
      INSERT INTO fact SELECT epoch, seq, fact, 0 FROM outbox, outbox_head;
      INSERT INTO told SELECT epoch, coalesce((SELECT min(seq) - 1 FROM outbox), last_seq)
        FROM outbox_head;
      DROP TABLE outbox;

      -- One row while a journal that was put back from a copy has not yet asked provider and server
      -- what it forgot. What it knew of sides that came out, by release, as JSON.
      CREATE TABLE restored (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        at INTEGER NOT NULL,
        at_least TEXT NOT NULL
      ) STRICT;

      -- The key of each provider that knows all that this journal knows of its jobs.
      CREATE TABLE provider_key (
        provider TEXT PRIMARY KEY,
        public_key TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    id: "3-paired-screens",
    up: `
      -- The one screen of each terminal that may be on another machine, by a hash of what it shows.
      CREATE TABLE paired_screen (
        terminal TEXT PRIMARY KEY,
        token_hash BLOB NOT NULL
      ) STRICT;
      -- A code is good once, whatever the server still tells of it.
      CREATE TABLE used_screen_code (code TEXT PRIMARY KEY) STRICT;
    `,
  },
  {
    id: "4-sealed",
    // What devices ask for, sealed apart from what may be read.
    up: "ALTER TABLE site ADD COLUMN sealed BLOB",
  },
  {
    id: "5-codes-of-jobs",
    // Codes that were typed at its terminals.
    up: wrongTriesTable,
  },
  {
    id: "6-reader-keys",
    // Of OSDP readers, sealed like what devices ask for.
    up: "ALTER TABLE site ADD COLUMN sealed_reader_keys BLOB",
  },
];
