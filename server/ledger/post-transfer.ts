import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { type Account, findAccount } from "./accounts.ts";

export type TransferKind = "credit" | "adjustment" | "settlement" | "decision" | "allotment";

export type Posting = { account: string; amount: Money };

export type Transfer = {
  /** Made and stored by who asks, before asking: the same id is posted once. */
  id: string;
  kind: TransferKind;
  comment: string;
  releaseId: string | null;
  /** What is added to each account; in each unit they sum to nothing. Postings of 0 leave no entry. */
  postings: readonly Posting[];
};

/** `conflict`: another transfer has this id. `too-much`: an account cannot hold so large a balance. */
export type Posted = "posted" | "known" | "conflict" | "too-much";

const statements = perDatabase((db) => ({
  known: statement<{ id: string }, { kind: string }>(
    db,
    "SELECT kind FROM transfer WHERE transfer = :id",
  ),
  entries: statement<{ id: string }, Posting>(
    db,
    "SELECT account, amount FROM entry WHERE transfer = :id",
  ),
  insert: statement<{
    id: string;
    kind: string;
    at: number;
    releaseId: string | null;
    comment: string;
  }>(
    db,
    "INSERT INTO transfer (transfer, kind, at, release_id, comment) VALUES (:id, :kind, :at, :releaseId, :comment)",
  ),
  entry: statement<{ id: string; account: string; amount: number; after: number }>(
    db,
    "INSERT INTO entry (transfer, account, amount, balance_after) VALUES (:id, :account, :amount, :after)",
  ),
  balance: statement<{ account: string; balance: number }>(
    db,
    "UPDATE account SET balance = :balance, entries = entries + 1 WHERE account = :account",
  ),
}));

/**
 * Posts a transfer: its entries and the balances that follow from them, together or not at all. `now`
 * is the server's clock, for people to read. Throws when the postings do not sum to nothing, which is
 * a bug of ours.
 */
export function postTransfer(db: Database, transfer: Transfer, now: number): Posted {
  const postings = transfer.postings.filter(({ amount }) => amount !== 0);
  return transaction(db, (): Posted => {
    const known = statements(db).known.get({ id: transfer.id });
    if (known !== undefined)
      return known.kind === transfer.kind &&
        sameEntries(statements(db).entries.all({ id: transfer.id }), postings)
        ? "known"
        : "conflict";
    const after = balancesAfter(db, postings);
    if (after === undefined) return "too-much";
    const { id, kind, releaseId, comment } = transfer;
    statements(db).insert.run({ id, kind, at: now, releaseId, comment });
    for (const { account, amount, balance } of after) {
      statements(db).entry.run({ id, account, amount, after: balance });
      statements(db).balance.run({ account, balance });
    }
    return "posted";
  });
}

/** Whether a transfer of this id was posted, whatever it moved. */
export function isPosted(db: Database, id: string): boolean {
  return statements(db).known.get({ id }) !== undefined;
}

function balancesAfter(
  db: Database,
  postings: readonly Posting[],
): { account: string; amount: Money; balance: Money }[] | undefined {
  const sums = new Map<Account["unit"], number>();
  const after: { account: string; amount: Money; balance: Money }[] = [];
  for (const { account: id, amount } of postings) {
    const account = findAccount(db, id);
    if (account === undefined) throw new Error(`There is no account ${id} to post to.`);
    if (after.some((one) => one.account === id)) throw new Error(`${id} is posted to twice.`);
    sums.set(account.unit, (sums.get(account.unit) ?? 0) + amount);
    const balance = account.balance + amount;
    if (!Number.isSafeInteger(balance)) return undefined;
    after.push({ account: id, amount, balance });
  }
  for (const [unit, sum] of sums)
    if (sum !== 0) throw new Error(`The postings in ${unit} sum to ${sum} and not to nothing.`);
  return after;
}

function sameEntries(stored: readonly Posting[], asked: readonly Posting[]): boolean {
  const key = (postings: readonly Posting[]): string =>
    postings
      .map(({ account, amount }) => `${account}=${amount}`)
      .sort()
      .join(" ");
  return key(stored) === key(asked);
}
