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
  /** Typed where there is no badge; empty where there is none. */
  number: string;
  /** Who keeps this person: an administrator, an import, or a directory. */
  source: "local" | "import" | "directory";
  directory_id: string | null;
  /** When the directory was last heard of this person; server's clock, milliseconds. */
  directory_at: number | null;
};

/** The hashes of a person's secrets (argon2id); for those who check them only. */
export type PersonSecrets = {
  pin: string | null;
  password: string | null;
  /** Of the password that the directory took last, and when that was. */
  directory_secret: string | null;
  directory_secret_at: number | null;
};

const columns =
  "person_id, login, display_name, email, language, role, restricted, disabled, disabled_until, department, office, notes, number, source, directory_id, directory_at";
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
  byNumber: statement<{ number: string }, PersonRow>(
    db,
    `SELECT ${columns} FROM person WHERE number = :number AND number <> ''`,
  ),
  byDirectoryId: statement<{ id: string }, PersonRow>(
    db,
    `SELECT ${columns} FROM person WHERE directory_id = :id`,
  ),
  secrets: statement<{ personId: string }, PersonSecrets>(
    db,
    `SELECT pin, password, directory_secret, directory_secret_at FROM person
     WHERE person_id = :personId`,
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

/** The person with this number. */
export function findPersonByNumber(db: Database, number: string): PersonRow | undefined {
  return statements(db).byNumber.get({ number });
}

/** The person whom a directory knows by this id, whatever the name is by now. */
export function findPersonByDirectoryId(db: Database, id: string): PersonRow | undefined {
  return statements(db).byDirectoryId.get({ id });
}

/** The hashes of a person's secrets. */
export function secretsOf(db: Database, personId: string): PersonSecrets {
  const none = { pin: null, password: null, directory_secret: null, directory_secret_at: null };
  return statements(db).secrets.get({ personId }) ?? none;
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
