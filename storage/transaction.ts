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
  const results: T[] = [];
  try {
    // IMMEDIATE takes the write lock first: a reader that turns writer would get SQLITE_BUSY at once,
    // without the busy handler.
    runnerOf(db).immediate(() => {
      const result: T = work();
      if (result instanceof Promise) throw new Error("A transaction must not be asynchronous.");
      results.push(result);
    });
    const [result] = results;
    return result as T;
  } catch (error) {
    throw storageErrorFrom(error, db.name);
  }
}

type Runner = Sqlite.Transaction<(work: () => void) => void>;
const runners = new WeakMap<Sqlite.Database, Runner>();

/** Making one costs about as much as a small transaction itself. */
function runnerOf(db: Sqlite.Database): Runner {
  const known = runners.get(db);
  if (known !== undefined) return known;
  const made = db.transaction((work: () => void) => work());
  runners.set(db, made);
  return made;
}
