import { chmodSync, closeSync, fsyncSync, openSync } from "node:fs";
import { basename, join } from "node:path";
import Sqlite from "better-sqlite3";
import type { Database } from "./open-database.ts";
import { storageErrorFrom } from "./storage-error.ts";

/** So many pages are copied before other work has its turn: a tap must not wait for a backup. */
const pagesAtOnce = 256;

/**
 * Copies a database that is in use, as it is at the moment in which this resolves, into a folder,
 * under its own name. Throws StorageError where there is no room, or a file of that name.
 */
export async function copyDatabase(db: Database, folder: string): Promise<void> {
  const path = join(folder, basename(db.name));
  try {
    closeSync(openSync(path, "wx", 0o600));
    await db.backup(path, { progress: () => pagesAtOnce });
    chmodSync(path, 0o600);
    const file = openSync(path, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw storageErrorFrom(error, path);
  }
}

/**
 * The same for a database that no process uses now. Throws StorageError ("in-use") where one does.
 */
export async function copyUnusedDatabase(path: string, folder: string): Promise<void> {
  let db: Database | undefined;
  try {
    db = new Sqlite(path, { fileMustExist: true, timeout: 500 });
    await copyDatabase(db, folder);
  } catch (error) {
    throw storageErrorFrom(error, path);
  } finally {
    db?.close();
  }
}
