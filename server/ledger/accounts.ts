import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import type { Unit } from "./legs.ts";
import { defaultOverdraft } from "./overdraft.ts";

export type SystemAccount = "credit-source" | "revenue" | "suspense";

/** An account with what is on it; `kind` "suspense" holds what could not be charged to anybody. */
export type Account = {
  account: string;
  kind: "person" | "shared" | SystemAccount;
  unit: Unit;
  person_id: string | null;
  shared_id: string | null;
  balance: Money;
  reserved: Money;
  /** How far below nothing it may go, if at all; follows from its mode. */
  overdraft: Money;
  /** Its own overdraft, which counts in the mode `individual`. */
  own_overdraft: Money;
  overdraft_mode: OverdraftMode;
};

export type OverdraftMode = "individual" | "default";
/** Whose account it is. */
export type Owner = { personId: string } | { sharedId: string };

const columns =
  "account, kind, unit, person_id, shared_id, balance, reserved, overdraft, own_overdraft, overdraft_mode";
const statements = perDatabase((db) => ({
  one: statement<{ account: string }, Account>(
    db,
    `SELECT ${columns} FROM account WHERE account = :account`,
  ),
  ofPerson: statement<{ personId: string }, Account>(
    db,
    `SELECT ${columns} FROM account WHERE person_id = :personId ORDER BY unit, account`,
  ),
  ofShared: statement<{ sharedId: string }, Account>(
    db,
    `SELECT ${columns} FROM account WHERE shared_id = :sharedId AND unit = 'money'`,
  ),
  open: statement<{
    account: string;
    kind: string;
    unit: string;
    personId: string | null;
    sharedId: string | null;
    overdraft: number;
  }>(
    db,
    `INSERT INTO account (account, kind, unit, person_id, shared_id, overdraft)
     VALUES (:account, :kind, :unit, :personId, :sharedId, :overdraft)`,
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

/** A shared account's account of money. Throws if there is none: every one is made with it. */
export function moneyAccountOfShared(db: Database, sharedId: string): Account {
  const account = statements(db).ofShared.get({ sharedId });
  if (account === undefined)
    throw new Error(`The shared account ${sharedId} has no money account.`);
  return account;
}

/** Opens an account, empty; it may go below nothing as far as the site's default allows. */
export function openAccount(db: Database, opened: { account: string; unit: Unit } & Owner): void {
  const { account, unit } = opened;
  const isPerson = "personId" in opened;
  statements(db).open.run({
    account,
    unit,
    kind: isPerson ? "person" : "shared",
    personId: isPerson ? opened.personId : null,
    sharedId: isPerson ? null : opened.sharedId,
    overdraft: unit === "money" ? defaultOverdraft(db, isPerson ? "person" : "shared") : 0,
  });
}

/** What can still be reserved: the balance less what is reserved, plus the allowed overdraft. */
export function availableOn(account: Account): Money {
  return clamp(account.balance - account.reserved + account.overdraft);
}

/** The three are safe integers each; their sum is shown, never booked, so it may be held at the edge. */
function clamp(amount: number): Money {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, amount));
}
