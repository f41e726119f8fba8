import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { readRevisions } from "../database/provider-row.ts";
import { tellAllAfter } from "../server-link/job-pushes.ts";

/** Beyond every revision and every IPP job-id that can have been used since the copy was made. */
const revisionsAhead = 1_000_000;
const jobNumbersAhead = 10_000;

/**
 * Prepares a provider's database that was just put back from a copy. What happened to its jobs after the
 * copy was made is unknown: those that were held then may have been printed, which only their owners can
 * know, so they are told; those of a claim are uncertain, and nobody claims them until a person decided.
 */
export function markProviderRestored(db: Database): void {
  transaction(db, () => {
    const run = (sql: string): void => void statement(db, sql).run({});
    run("UPDATE job SET maybe_printed = 1 WHERE state IN ('analysing', 'held')");
    run("UPDATE release SET state = 'uncertain' WHERE state = 'open'");
    run("UPDATE job SET state = 'uncertain' WHERE state = 'claimed'");
    statement<{ ahead: number }>(
      db,
      "UPDATE sqlite_sequence SET seq = seq + :ahead WHERE name = 'job'",
    ).run({ ahead: jobNumbersAhead });
    run("UPDATE provider SET server_has = 0");
    tellAllAfter(db, readRevisions(db).newest + revisionsAhead);
  });
}
