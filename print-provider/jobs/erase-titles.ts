import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";
import { nextRevision } from "../database/provider-row.ts";

const titled = prepared<{ before: number; most: number }, { id: string }>(
  `SELECT id FROM job WHERE submitted_at <= :before AND (title <> '' OR sender IS NOT NULL)
   AND state NOT IN ('receiving', 'analysing', 'held', 'claimed') ORDER BY number LIMIT :most`,
);
const erase = prepared<{ id: string; revision: number }>(
  "UPDATE job SET title = '', sender = NULL, revision = :revision WHERE id = :id",
);

/**
 * Erases the titles of jobs that came before a moment and wait for nobody any more; one that is held
 * keeps it, since its owner has to know it by something. The server hears of it. Gives how many.
 */
export function eraseTitles(
  db: Database,
  { before, most = 500 }: { before: number; most?: number },
): number {
  return transaction(db, () => {
    const jobs = titled(db).all({ before, most });
    for (const { id } of jobs) erase(db).run({ id, revision: nextRevision(db) });
    return jobs.length;
  });
}
