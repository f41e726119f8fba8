import type Sqlite from "better-sqlite3";

/** What SQLite takes and gives without loss. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** Named parameters of a statement: `{ id: 5 }` for `:id`. */
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/** A prepared statement with named parameters and a row type that the query's columns must match. */
export interface Statement<Parameters extends SqlParameters, Row> {
  /** The first row, or undefined. */
  get(parameters: Parameters): Row | undefined;
  /** All rows; bound them by a LIMIT. */
  all(parameters: Parameters): Row[];
  /** Runs a statement that changes; gives how many rows it changed. */
  run(parameters: Parameters): number;
}

/** No parameters. */
export type NoParameters = Readonly<Record<never, never>>;

/**
 * Prepares `sql` once. `Row` is a promise by the caller about STRICT tables, whose column types SQLite
 * itself keeps. Throws SQLite's own error when the text is wrong, which is a bug.
 */
export function statement<Parameters extends SqlParameters = NoParameters, Row = never>(
  db: Sqlite.Database,
  sql: string,
): Statement<Parameters, Row> {
  const prepared = db.prepare<[SqlParameters], Row>(sql);
  return {
    get: (parameters) => prepared.get(parameters),
    all: (parameters) => prepared.all(parameters),
    run: (parameters) => prepared.run(parameters).changes,
  };
}
