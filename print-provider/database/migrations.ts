import type { Migration } from "../../storage/migrate.ts";
import { wrongTriesTable } from "../../storage/wrong-tries.ts";

/**
 * The provider's database. Times are milliseconds since 1970 of this machine's clock, compared with
 * each other only. `revision` grows with every change that the server must hear of.
 */
export const providerMigrations: readonly Migration[] = [
  {
    id: "1-provider",
    up: `
      CREATE TABLE provider (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        uuid TEXT NOT NULL,
        first_start INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        server_has INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      -- AUTOINCREMENT: an IPP job-id is never given twice, also after its row is gone.
      CREATE TABLE job (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL,
        queue TEXT NOT NULL,
        owner TEXT NOT NULL,
        owner_key TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('receiving', 'analysing', 'held', 'claimed', 'printed',
          'uncertain', 'refused', 'cancelled', 'expired')),
        on_hold INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        cause TEXT,
        ticket TEXT NOT NULL,
        particulars TEXT,
        partly_printed INTEGER,
        partly_wanted INTEGER,
        fence INTEGER NOT NULL DEFAULT 0,
        submitted_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        processing_at INTEGER,
        ended_at INTEGER
      ) STRICT;
      CREATE INDEX job_by_revision ON job (revision);
      CREATE INDEX job_by_state ON job (state, queue, number);
      CREATE INDEX job_by_owner ON job (owner_key, state);
      CREATE INDEX job_by_expiry ON job (expires_at);
      CREATE INDEX job_by_end ON job (ended_at) WHERE ended_at IS NOT NULL;

      -- Without its wrapped key a document is erased, whatever is left of its file.
      CREATE TABLE document (
        job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        format TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        wrapped_key BLOB NOT NULL,
        PRIMARY KEY (job_id, number)
      ) STRICT;

      -- Every release that asked for a job, also when it ended or was refused: a late message of it
      -- must not claim the job again.
      CREATE TABLE release (
        job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        release_id TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        bridge TEXT NOT NULL,
        device TEXT NOT NULL,
        fence INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'uncertain', 'printed', 'given-back', 'refused')),
        refusal TEXT,
        PRIMARY KEY (job_id, release_id)
      ) STRICT;

      CREATE TABLE gone (
        job_id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE generation (
        subject TEXT PRIMARY KEY,
        newest INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE site (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        body TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    id: "2-short-documents",
    up: `
      -- All of a short document, sealed. A longer one is a file of the spool.
      ALTER TABLE document ADD COLUMN sealed BLOB;
    `,
  },
  {
    id: "3-refused-because",
    up: `
      -- Why a job was refused, as a code; jobs refused before this have the sentence only.
      ALTER TABLE job ADD COLUMN because TEXT;
      `,
  },
  {
    id: "4-restored",
    up: `
      -- Held when the copy was made that this database was put back from: it may have been printed since.
      ALTER TABLE job ADD COLUMN maybe_printed INTEGER NOT NULL DEFAULT 0;
    `,
  },
  {
    id: "5-whose-job",
    up: `
      ${wrongTriesTable}
      -- People whom the server vouched for, with the argon2id of a password that was right.
      CREATE TABLE known_person (
        login_key TEXT PRIMARY KEY,
        login TEXT NOT NULL,
        seen_at INTEGER NOT NULL,
        secret TEXT,
        secret_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX known_person_by_time ON known_person (seen_at);

      CREATE TABLE queue_address (
        finder BLOB PRIMARY KEY,
        queue TEXT NOT NULL,
        owner TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE queue_address_key (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        key BLOB NOT NULL
      ) STRICT;
    `,
  },
  {
    id: "6-unclaimed",
    up: `
      -- 0: of nobody known, until its owner types its code; 1: taken so. Null for every other job.
      ALTER TABLE job ADD COLUMN claimed_by_code INTEGER CHECK (claimed_by_code IN (0, 1));
      -- The address that it came from, for as long as nobody has it.
      ALTER TABLE job ADD COLUMN sender TEXT;
      CREATE INDEX job_unclaimed ON job (sender, state) WHERE claimed_by_code IS NOT NULL;
    `,
  },
];
