import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import type { Unit } from "./legs.ts";

export type SystemAccount = "credit-source" | "revenue" | "suspense";

/** An account with what is on it; `kind` "suspense" holds what could not be charged to anybody. */
export type Account = {
  account: string;
  kind: "person" | SystemAccount;
  unit: Unit;
  person_id: string | null;
  balance: Money;
  reserved: Money;
  overdraft: Money;
};

const columns = "account, kind, unit, person_id, balance, reserved, overdraft";
const statements = perDatabase((db) => ({
  one: statement<{ account: string }, Account>(
    db,
    `SELECT ${columns} FROM account WHERE account = :account`,
  ),
  ofPerson: statement<{ personId: string }, Account>(
    db,
    `SELECT ${columns} FROM account WHERE person_id = :personId ORDER BY unit, account`,
  ),
  open: statement<{ account: string; unit: string; personId: string }>(
    db,
    "INSERT INTO account (account, kind, unit, person_id) VALUES (:account, 'person', :unit, :personId)",
  ),
  overdraft: statement<{ personId: string; overdraft: number }>(
    db,
    "UPDATE account SET overdraft = :overdraft WHERE person_id = :personId AND unit = 'money'",
  ),
}));

/** The site's own account of a kind. There is one for each unit. */
export function systemAccount(kind: SystemAccount, unit: Unit): string {
  return `${kind}:${unit}`;
}

/** An account, or undefined if there is none of this id. */
export function findAccount(db: Database, account: string): Account | undefined {
  return statements(db).one.get({ account });
}

/** A person's accounts, that of money first. */
export function accountsOf(db: Database, personId: string): Account[] {
  return statements(db).ofPerson.all({ personId });
}

/** A person's account of money. Throws if there is none: every person is made with one. */
export function moneyAccountOf(db: Database, personId: string): Account {
  const account = accountsOf(db, personId).find((one) => one.unit === "money");
  if (account === undefined) throw new Error(`The person ${personId} has no account of money.`);
  return account;
}

/** Opens an account for a person, empty. */
export function openAccount(
  db: Database,
  opened: { account: string; unit: Unit; personId: string },
): void {
  statements(db).open.run(opened);
}

/** How far below nothing a restricted person may go. */
export function setOverdraft(db: Database, change: { personId: string; overdraft: Money }): void {
  statements(db).overdraft.run(change);
}

/** What can still be reserved: the balance less what is reserved, plus the allowed overdraft. */
export function availableOn(account: Account): Money {
  return clamp(account.balance - account.reserved + account.overdraft);
}

/** The three are safe integers each; their sum is shown, never booked, so it may be held at the edge. */
function clamp(amount: number): Money {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, amount));
}
