import type { Books } from "../../protocol/admin.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import { faultsOfShadow } from "../shadow/shadow-ledger.ts";

export type CheckedBooks = Books & {
  /** What does not agree, in sentences; none in sound books. */
  faults: string[];
};

type Counts = {
  sum: number;
  transfers: number;
  openReservations: number;
  uncertain: number;
};

const statements = perDatabase((db) => ({
  counts: statement<NoParameters, Counts>(
    db,
    `SELECT
       (SELECT coalesce(sum(amount), 0) FROM entry) AS sum,
       (SELECT count(*) FROM transfer) AS transfers,
       (SELECT count(*) FROM reservation WHERE state = 'pending') AS openReservations,
       (SELECT count(*) FROM uncertain WHERE closed_at IS NULL) AS uncertain`,
  ),
  unbalanced: statement<NoParameters, { transfer: string }>(
    db,
    `SELECT DISTINCT transfer FROM entry JOIN account USING (account)
     GROUP BY transfer, unit HAVING sum(amount) <> 0 LIMIT 10`,
  ),
  balances: statement<NoParameters, { account: string; balance: number; booked: number }>(
    db,
    `SELECT account.account, balance, coalesce(sum(amount), 0) AS booked
     FROM account LEFT JOIN entry USING (account) GROUP BY account.account
     HAVING balance <> booked OR entries <> count(entry) LIMIT 10`,
  ),
  reserved: statement<NoParameters, { account: string; reserved: number; legs: number }>(
    db,
    `SELECT account.account, reserved, coalesce(sum(leg.amount), 0) AS legs
     FROM account LEFT JOIN (
       SELECT reservation_leg.account, amount FROM reservation_leg
       JOIN reservation USING (release_id) WHERE state = 'pending'
     ) AS leg ON leg.account = account.account
     GROUP BY account.account HAVING reserved <> legs LIMIT 10`,
  ),
  settled: statement<NoParameters, { release_id: string }>(
    db,
    `SELECT reservation.release_id FROM reservation LEFT JOIN transfer ON transfer =
       CASE state WHEN 'settled' THEN 'settlement:' ELSE 'decision:' END || reservation.release_id
     WHERE state IN ('settled', 'decided') AND transfer IS NULL
       AND reservation.release_id NOT IN (SELECT release_id FROM shadow_transfer) LIMIT 10`,
  ),
}));

/**
 * Checks the ledger against itself: all entries sum to nothing, so do those of each transfer in each
 * unit; every balance is the sum of its entries, and what is reserved that of the open reservations;
 * every release that was paid has its transfer. Reads all entries: seconds for millions of them.
 */
export function checkBooks(db: Database): CheckedBooks {
  const counts = statements(db).counts.get({});
  if (counts === undefined) throw new Error("SQLite gave no row for a sum.");
  const faults = [
    ...(counts.sum === 0 ? [] : [`All entries sum to ${counts.sum} and not to 0.`]),
    ...statements(db)
      .unbalanced.all({})
      .map(({ transfer }) => `The entries of ${transfer} do not sum to 0.`),
    ...statements(db)
      .balances.all({})
      .map((one) => `${one.account} shows ${one.balance}, its entries say ${one.booked}.`),
    ...statements(db)
      .reserved.all({})
      .map((one) => `${one.account} has ${one.reserved} reserved, its legs say ${one.legs}.`),
    ...statements(db)
      .settled.all({})
      .map((one) => `The release ${one.release_id} ended as paid and has no transfer.`),
    ...faultsOfShadow(db),
  ];
  const sentence =
    faults.length === 0
      ? `The books are sound: ${counts.transfers} transfers, which sum to 0.`
      : `The books are NOT sound. ${faults.join(" ")}`.slice(0, 1000);
  return { ...counts, faults, sentence };
}
