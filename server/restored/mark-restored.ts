import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";

/** Beyond every revision that the lost server can have reached since the copy was made. */
const revisionsAhead = 100_000;

/**
 * Prepares a server's database that was just put back from a copy. Bridges and providers may have seen
 * later revisions, and later generations of each other: new ones are beyond all of them. What bridges
 * had told the lost server they tell again, since it names what it has. `now`: wall clock.
 */
export function markServerRestored(db: Database, now: number): void {
  transaction(db, () => {
    statement<{ ahead: number }>(db, "UPDATE revision SET value = value + :ahead").run({
      ahead: revisionsAhead,
    });
    statement(db, "DELETE FROM enrolment_code").run({});
    statement<{ generation: number }>(
      db,
      `INSERT INTO generation_floor (one, generation) VALUES (1, :generation)
       ON CONFLICT (one) DO UPDATE SET generation = max(generation + 1, excluded.generation)`,
    ).run({ generation: Math.floor(now / 1000) });
  });
}
