import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { sweepDeleted } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { audit } from "../audit/audit.ts";
import { forgetEndedJobs } from "../jobs/ended-jobs.ts";
import { removePerson } from "../people/change-person.ts";
import { perDatabase } from "../per-database.ts";

/** Since when somebody is seen to be disabled: nobody else's business to keep. */
export const retentionSchema: Migration = {
  id: "retention-1",
  up: `
CREATE TABLE leaver (
  person_id TEXT PRIMARY KEY REFERENCES person (person_id),
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};

const dayMs = 24 * 3_600_000;

const statements = perDatabase((db) => ({
  note: statement<{ now: number }>(
    db,
    `INSERT OR IGNORE INTO leaver (person_id, since)
     SELECT person_id, :now FROM person WHERE disabled = 1 AND login_key IS NOT NULL`,
  ),
  back: statement(
    db,
    "DELETE FROM leaver WHERE person_id IN (SELECT person_id FROM person WHERE disabled = 0)",
  ),
  due: statement<{ before: number }, { person_id: string; login_key: string | null }>(
    db,
    `SELECT person_id, login_key FROM leaver JOIN person USING (person_id)
     WHERE since <= :before LIMIT 1000`,
  ),
  gone: statement<{ personId: string }>(db, "DELETE FROM leaver WHERE person_id = :personId"),
  jobs: statement<{ key: string }>(db, "DELETE FROM job WHERE owner_key = :key"),
}));

/**
 * Takes the names from people who have been disabled for so many days: name, address, badges and secrets
 * go, their accounts and entries stay under a number, so that the books go on summing to nothing. Gives
 * how many. To be called from time to time; `now` is the server's wall clock.
 */
export function erasePeople(db: Database, options: { days: number; now: number }): number {
  const { days, now } = options;
  const erased = transaction(db, () => {
    statements(db).back.run({});
    statements(db).note.run({ now });
    const due = statements(db).due.all({ before: now - days * dayMs });
    for (const { person_id: personId, login_key: key } of due) {
      if (key !== null) {
        statements(db).jobs.run({ key });
        forgetEndedJobs(db, key);
        removePerson(db, personId, now);
        audit(db, { who: "retention", what: "name taken away", about: personId }, now);
      }
      statements(db).gone.run({ personId });
    }
    return due.length;
  });
  // What was deleted must not outlive this in the log of the database.
  if (erased > 0) sweepDeleted(db);
  return erased;
}
