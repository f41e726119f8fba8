import { decimalOf, type Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { availableOn, moneyAccountOf, systemAccount } from "./accounts.ts";
import { postTransfer } from "./post-transfer.ts";

export type Adjustment = {
  /** Made by who asks; the same id is booked once. */
  id: string;
  personId: string;
  /** Added to the person's money; below nothing takes from it. */
  amount: Money;
  comment: string;
  /** Book only if so much is still available afterwards; what is reserved is not. */
  leaveAtLeast?: Money;
};

export type Adjusted =
  | { kind: "done"; balance: Money }
  | { kind: "not-available" }
  | { kind: "conflict"; sentence: string };

/** Books money between the site's source of credit and a person's account. */
export function adjustBalance(db: Database, wanted: Adjustment, now: number): Adjusted {
  return transaction(db, (): Adjusted => {
    const account = moneyAccountOf(db, wanted.personId);
    if (
      wanted.leaveAtLeast !== undefined &&
      availableOn(account) + wanted.amount < wanted.leaveAtLeast
    )
      return { kind: "not-available" };
    const posted = postTransfer(
      db,
      {
        id: `booking:${wanted.id}`,
        kind: wanted.amount < 0 ? "adjustment" : "credit",
        comment: wanted.comment,
        releaseId: null,
        postings: [
          { account: account.account, amount: wanted.amount },
          { account: systemAccount("credit-source", "money"), amount: -wanted.amount },
        ],
      },
      now,
    );
    switch (posted) {
      case "conflict":
        return conflict("Another amount was booked under this id. Use a new id for each booking.");
      case "too-much":
        return conflict(
          `${decimalOf(wanted.amount)} would make a balance larger than any account can hold.`,
        );
      case "posted":
      case "known":
        return { kind: "done", balance: moneyAccountOf(db, wanted.personId).balance };
    }
  });
}

/** Books what is missing to a wanted balance. */
export function setBalance(
  db: Database,
  wanted: { id: string; personId: string; balance: Money; comment: string },
  now: number,
): Adjusted {
  return transaction(db, (): Adjusted => {
    const { balance, ...rest } = wanted;
    const amount = balance - moneyAccountOf(db, wanted.personId).balance;
    if (!Number.isSafeInteger(amount))
      return conflict("The balance would change by more than can be booked at once.");
    return adjustBalance(db, { ...rest, amount }, now);
  });
}

function conflict(sentence: string): Adjusted {
  return { kind: "conflict", sentence };
}
