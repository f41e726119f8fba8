import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import type { Posting, Transfer } from "../ledger/post-transfer.ts";
import { perDatabase } from "../per-database.ts";
import { readSite } from "../site/read-site.ts";

const statements = perDatabase((db) => ({
  mark: statement<{ releaseId: string }>(
    db,
    "INSERT OR IGNORE INTO shadow_release (release_id) VALUES (:releaseId)",
  ),
  marked: statement<{ releaseId: string }, { release_id: string }>(
    db,
    "SELECT release_id FROM shadow_release WHERE release_id = :releaseId",
  ),
  transfer: statement<{ id: string; kind: string; releaseId: string; at: number }>(
    db,
    `INSERT INTO shadow_transfer (transfer, kind, at, release_id)
     VALUES (:id, :kind, :at, :releaseId)`,
  ),
  entry: statement<Posting & { id: string }>(
    db,
    "INSERT INTO shadow_entry (transfer, account, amount) VALUES (:id, :account, :amount)",
  ),
  unbalanced: statement<NoParameters, { transfer: string }>(
    db,
    `SELECT DISTINCT transfer FROM shadow_entry JOIN account USING (account)
     GROUP BY transfer, unit HAVING sum(amount) <> 0 LIMIT 10`,
  ),
}));

/** Whether the site charges nobody now. */
export function isSiteInShadow(db: Database): boolean {
  return readSite(db)?.shadow === true;
}

/** From now on, and whatever the site is told later, this release charges nobody. */
export function markShadow(db: Database, releaseId: string): void {
  statements(db).mark.run({ releaseId });
}

export function isInShadow(db: Database, releaseId: string): boolean {
  return statements(db).marked.get({ releaseId }) !== undefined;
}

/**
 * Keeps what would have been charged. Part of the transaction that ends the release, which ends once;
 * no balance changes. `checkBooks` sees that they sum to nothing.
 */
export function postShadow(
  db: Database,
  {
    id,
    kind,
    releaseId,
    postings,
  }: Pick<Transfer, "id" | "kind" | "postings"> & { releaseId: string },
  now: number,
): void {
  statements(db).transfer.run({ id, kind, releaseId, at: now });
  for (const { account, amount } of postings)
    if (amount !== 0) statements(db).entry.run({ id, account, amount });
}

/** What does not agree among the shadow's entries, in sentences. */
export function faultsOfShadow(db: Database): string[] {
  return statements(db)
    .unbalanced.all({})
    .map(({ transfer }) => `The shadow entries of ${transfer} do not sum to 0.`);
}
