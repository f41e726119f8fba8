import type { Database } from "../storage/open-database.ts";

/**
 * Prepares statements once for each database: the ledger's path runs them thousands of times a second,
 * and tests and the seed runner hold many databases in one process.
 */
export function perDatabase<T>(make: (db: Database) => T): (db: Database) => T {
  const made = new WeakMap<Database, { it: T }>();
  return (db) => {
    let known = made.get(db);
    if (known === undefined) {
      known = { it: make(db) };
      made.set(db, known);
    }
    return known.it;
  };
}
