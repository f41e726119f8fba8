import type Sqlite from "better-sqlite3";
import { storageErrorFrom } from "./storage-error.ts";

/** A transaction is synchronous: an `await` inside it would let other work in, half committed. */
type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

/**
 * Runs `work` in one transaction and returns what it returned, once the commit is on the disk. When
 * `work` throws nothing of it is kept. Inside another transaction it is a part of that one, undone
 * alone if it throws. Throws StorageError for a full or failing disk, else what `work` threw.
 */
export function transaction<T>(db: Sqlite.Database, work: () => Synchronous<T>): T {
  const guarded = (): T => {
    const result: T = work();
    if (result instanceof Promise) throw new Error("A transaction must not be asynchronous.");
    return result;
  };
  try {
    // IMMEDIATE takes the write lock first: a reader that turns writer would get SQLITE_BUSY at once,
    // without the busy handler.
    return db.transaction(guarded).immediate();
  } catch (error) {
    throw storageErrorFrom(error, db.name);
  }
}
