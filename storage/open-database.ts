import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { type Migration, migrate } from "./migrate.ts";
import { StorageError, storageErrorFrom } from "./storage-error.ts";
import { syncFolder } from "./sync-folder.ts";

/** One role's database: synchronous, used by one process at a time. */
export type Database = Sqlite.Database;

export interface OpenDatabaseOptions {
  /** A file, made with its folder when it is missing, or ":memory:" for a simulated run. */
  path: string;
  /** All migrations in the order in which they are applied; see {@link Migration}. */
  migrations: readonly Migration[];
  /** How long to wait for a process that is just ending to let go of the file. */
  busyTimeoutMs?: number;
}

/**
 * Opens the database the one right way: every commit reaches the disk before it returns, one process
 * only, foreign keys kept, deleted rows overwritten, and the schema brought up to date.
 * Throws {@link StorageError} with a sentence when the file, its folder or its schema is unfit.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const { path, migrations, busyTimeoutMs = 2_000 } = options;
  let db: Database | undefined;
  try {
    if (path !== ":memory:") makeFile(path);
    db = new Sqlite(path, { timeout: busyTimeoutMs });
    configure(db);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db?.close();
    throw storageErrorFrom(error, path);
  }
}

/** Overwrites what deleted rows left in the write-ahead log, after secrets or names were deleted. */
export function sweepDeleted(db: Database): void {
  db.pragma("wal_checkpoint(TRUNCATE)");
}

function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Made by us, so that it is readable by its owner only; the log files inherit its mode.
  closeSync(openSync(path, "a", 0o600));
  syncFolder(dirname(path));
}

function configure(db: Database): void {
  // The kernel drops this lock when the process dies, however it dies: a lock file would need a person
  // after a kill. It also keeps the tools of the distribution (older SQLite) off a live database.
  db.pragma("locking_mode = EXCLUSIVE");
  if (!db.memory) expectPragma(db, "journal_mode = WAL", "wal");
  // better-sqlite3 is compiled to use NORMAL in WAL, which loses acknowledged commits at a power cut.
  db.pragma("synchronous = FULL");
  expectPragma(db, "synchronous", 2);
  db.pragma("foreign_keys = ON");
  expectPragma(db, "foreign_keys", 1);
  db.pragma("secure_delete = ON");
  expectPragma(db, "secure_delete", 1);
  db.pragma("trusted_schema = OFF");
  db.pragma("cell_size_check = ON");
  db.pragma("temp_store = MEMORY");
  db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  // Nothing is locked before the first write.
  db.exec("BEGIN IMMEDIATE; COMMIT");
}

function expectPragma(db: Database, pragma: string, wanted: string | number): void {
  const got = db.pragma(pragma, { simple: true });
  if (got === wanted) return;
  throw new StorageError(
    "not-writable",
    `SQLite answered ${String(got)} to "${pragma}" on ${db.name}, so commits would not be safe there. Use a folder on a local disk.`,
  );
}
