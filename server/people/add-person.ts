import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { openAccount } from "../ledger/accounts.ts";
import { adjustBalance } from "../ledger/adjust-balance.ts";
import { perDatabase } from "../per-database.ts";
import { giveBadge } from "./badges.ts";
import type { SealedCard } from "./card-keys.ts";
import { loginKey } from "./login-name.ts";
import { findPersonByLogin, findPersonByNumber, type PersonRow } from "./person.ts";

/** A person to be made. Ids and everything secret were made before, so that this is deterministic. */
export type NewPerson = {
  personId: string;
  /** Id of the account of money that the person gets. */
  account: string;
  login: string;
  displayName?: string;
  email?: string;
  language?: string;
  role?: "user" | "technician";
  restricted?: boolean;
  number?: string;
  department?: string;
  office?: string;
  source?: PersonRow["source"];
  directoryId?: string;
  pinHash?: string;
  passwordHash?: string;
  badges?: readonly SealedCard[];
  /** First credit, booked under `creditId`. */
  credit?: { id: string; amount: Money };
};

export type PersonAdded = { kind: "added" } | { kind: "conflict"; sentence: string };

const statements = perDatabase((db) => ({
  insert: statement<Readonly<Record<string, string | number | null>>>(
    db,
    `INSERT INTO person (person_id, login, login_key, display_name, email, email_key, language, role,
       restricted, pin, password, created_at, number, department, office, source, directory_id)
     VALUES (:personId, :login, :key, :displayName, :email, :emailKey, :language, :role,
       :restricted, :pin, :password, :now, :number, :department, :office, :source, :directoryId)`,
  ),
}));

class CannotAdd extends Error {}

/** Makes a person with an account, badges and first credit: all of it, or nothing and why. */
export function addPerson(db: Database, person: NewPerson, now: number): PersonAdded {
  try {
    transaction(db, () => add(db, person, now));
    return { kind: "added" };
  } catch (error) {
    if (error instanceof CannotAdd) return { kind: "conflict", sentence: error.message };
    throw error;
  }
}

function add(db: Database, person: NewPerson, now: number): void {
  const { personId, account, login, email = "" } = person;
  const known = findPersonByLogin(db, login);
  if (known !== undefined) throw new CannotAdd(`There is a person ${known.login} already.`);
  const { number = "" } = person;
  if (number !== "" && findPersonByNumber(db, number) !== undefined)
    throw new CannotAdd(`Another person has the number ${number} already.`);
  statements(db).insert.run({
    personId,
    login: login.trim(),
    key: loginKey(login),
    displayName: person.displayName ?? login.trim(),
    email,
    emailKey: email.trim().toLowerCase(),
    language: person.language ?? null,
    role: person.role ?? "user",
    restricted: person.restricted === true ? 1 : 0,
    pin: person.pinHash ?? null,
    password: person.passwordHash ?? null,
    now,
    number,
    department: person.department ?? "",
    office: person.office ?? "",
    source: person.source ?? "local",
    directoryId: person.directoryId ?? null,
  });
  openAccount(db, { account, unit: "money", personId });
  for (const card of person.badges ?? []) {
    const given = giveBadge(db, { personId, card }, now);
    if (given.kind === "conflict") throw new CannotAdd(given.sentence);
  }
  if (person.credit !== undefined) {
    const { id, amount } = person.credit;
    const booked = adjustBalance(db, { id, personId, amount, comment: "first credit" }, now);
    if (booked.kind === "conflict") throw new CannotAdd(booked.sentence);
  }
}
