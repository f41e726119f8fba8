import { decimalOf, type Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import {
  type Account,
  availableOn,
  moneyAccountOf,
  moneyAccountOfShared,
  type Owner,
  systemAccount,
} from "./accounts.ts";
import { postTransfer } from "./post-transfer.ts";

export type Adjustment = {
  /** Made by who asks; the same id is booked once. */
  id: string;
  /** Added to the owner's money; below nothing takes from it. */
  amount: Money;
  comment: string;
  /** Book only if so much is still available afterwards; what is reserved is not. */
  leaveAtLeast?: Money;
  /** Book only if the balance is not more than this afterwards. */
  upTo?: Money;
} & Owner;

export type Adjusted =
  | { kind: "done"; balance: Money }
  | { kind: "not-available" }
  | { kind: "conflict"; sentence: string };

/** Books money between the site's source of credit and an account of a person, or a shared one. */
export function adjustBalance(db: Database, wanted: Adjustment, now: number): Adjusted {
  return transaction(db, (): Adjusted => {
    const account = moneyOf(db, wanted);
    const { amount, leaveAtLeast, upTo } = wanted;
    if (leaveAtLeast !== undefined && availableOn(account) + amount < leaveAtLeast)
      return { kind: "not-available" };
    if (upTo !== undefined && account.balance + amount > upTo) return { kind: "not-available" };
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
        return { kind: "done", balance: moneyOf(db, wanted).balance };
    }
  });
}

/** Books what is missing to a wanted balance. */
export function setBalance(
  db: Database,
  wanted: { id: string; balance: Money; comment: string } & Owner,
  now: number,
): Adjusted {
  return transaction(db, (): Adjusted => {
    const { balance, ...rest } = wanted;
    const amount = balance - moneyOf(db, wanted).balance;
    if (!Number.isSafeInteger(amount))
      return conflict("The balance would change by more than can be booked at once.");
    return adjustBalance(db, { ...rest, amount }, now);
  });
}

function moneyOf(db: Database, owner: Owner): Account {
  return "personId" in owner
    ? moneyAccountOf(db, owner.personId)
    : moneyAccountOfShared(db, owner.sharedId);
}

function conflict(sentence: string): Adjusted {
  return { kind: "conflict", sentence };
}
