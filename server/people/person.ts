import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";
import { loginKey } from "./login-name.ts";

/** A person as stored. Truth values are 0 and 1. */
export type PersonRow = {
  person_id: string;
  login: string;
  display_name: string;
  email: string;
  language: string | null;
  role: "user" | "technician";
  restricted: 0 | 1;
  disabled: 0 | 1;
  /** Server's clock, milliseconds; nobody is disabled for a while where it is null. */
  disabled_until: number | null;
  department: string;
  office: string;
  notes: string;
};

const columns =
  "person_id, login, display_name, email, language, role, restricted, disabled, disabled_until, department, office, notes";
const statements = perDatabase((db) => ({
  ever: statement<{ personId: string }, PersonRow & { login_key: string | null }>(
    db,
    `SELECT ${columns}, login_key FROM person WHERE person_id = :personId`,
  ),
  byLogin: statement<{ key: string }, PersonRow>(
    db,
    `SELECT ${columns} FROM person WHERE login_key = :key`,
  ),
  byEmail: statement<{ key: string }, PersonRow>(
    db,
    `SELECT ${columns} FROM person WHERE email_key = :key AND email_key <> '' ORDER BY person_id LIMIT 1`,
  ),
  logins: statement<{ offset: number; limit: number }, { login: string }>(
    db,
    "SELECT login FROM person WHERE login_key IS NOT NULL ORDER BY login_key LIMIT :limit OFFSET :offset",
  ),
  count: statement<NoParameters, { n: number }>(
    db,
    "SELECT count(*) AS n FROM person WHERE login_key IS NOT NULL",
  ),
  countEver: statement<NoParameters, { n: number }>(db, "SELECT count(*) AS n FROM person"),
}));

/** A person who is here, or undefined; one who was removed is not found. */
export function findPerson(db: Database, personId: string): PersonRow | undefined {
  const row = statements(db).ever.get({ personId });
  return row?.login_key === null ? undefined : row;
}

/** A person also after removal: what was printed before is still paid. */
export function findPersonEver(db: Database, personId: string): PersonRow | undefined {
  return statements(db).ever.get({ personId });
}

/** The person of a log-in name, however it is spelt; see {@link loginKey}. */
export function findPersonByLogin(db: Database, login: string): PersonRow | undefined {
  return statements(db).byLogin.get({ key: loginKey(login) });
}

/** The first person with this e-mail address, without regard to case. */
export function findPersonByEmail(db: Database, email: string): PersonRow | undefined {
  return statements(db).byEmail.get({ key: email.trim().toLowerCase() });
}

/** Log-in names in their order, a part of the list. */
export function listLogins(db: Database, part: { offset: number; limit: number }): string[] {
  return statements(db)
    .logins.all(part)
    .map(({ login }) => login);
}

export function countPeople(db: Database): number {
  return statements(db).count.get({})?.n ?? 0;
}

/** True until the first person was ever made. */
export function hasNobodyYet(db: Database): boolean {
  return statements(db).countEver.get({})?.n === 0;
}

/** True while a person may not print: for good, or until a moment that has not come yet. */
export function isDisabled(person: PersonRow, now: number): boolean {
  return person.disabled === 1 || (person.disabled_until ?? 0) > now;
}
