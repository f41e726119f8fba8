import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { moneyAccountOf, systemAccount } from "./accounts.ts";
import { isPosted, postTransfer } from "./post-transfer.ts";

export type Allotment = {
  /** The same for the same group, period and person: it is booked once, whatever the balance is by then. */
  id: string;
  personId: string;
  amount: Money;
  /** No balance is brought above this; 0 is no limit. */
  most: Money;
  comment: string;
};

/** Books one allotment of each person of a list, together. Gives how many were new. */
export function allot(db: Database, allotments: readonly Allotment[], now: number): number {
  return transaction(
    db,
    () => allotments.filter((allotment) => allotOne(db, allotment, now)).length,
  );
}

function allotOne(db: Database, allotment: Allotment, now: number): boolean {
  const { personId, amount, most, comment } = allotment;
  const id = `allotment:${allotment.id}`;
  if (isPosted(db, id)) return false;
  const { account, balance } = moneyAccountOf(db, personId);
  const room = (most === 0 ? Number.MAX_SAFE_INTEGER : most) - balance;
  // Booked also where nothing is added: else the next try would find another balance.
  const added = Math.min(amount, Math.max(0, room));
  const posted = postTransfer(
    db,
    {
      id,
      kind: "allotment",
      comment,
      releaseId: null,
      postings: [
        { account, amount: added },
        { account: systemAccount("credit-source", "money"), amount: -added },
      ],
    },
    now,
  );
  return posted === "posted";
}
