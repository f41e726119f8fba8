import type { Database } from "../../storage/open-database.ts";
import {
  type NoParameters,
  type SqlParameters,
  type Statement,
  statement,
} from "../../storage/statement.ts";

/**
 * Gives a statement prepared once for each database: functions that take the database as a
 * parameter, as the seed runner needs them, stay as fast as ones that keep their statements.
 */
export function prepared<Parameters extends SqlParameters = NoParameters, Row = never>(
  sql: string,
): (db: Database) => Statement<Parameters, Row> {
  const known = new WeakMap<Database, Statement<Parameters, Row>>();
  return (db) => {
    const before = known.get(db);
    if (before !== undefined) return before;
    const made = statement<Parameters, Row>(db, sql);
    known.set(db, made);
    return made;
  };
}
