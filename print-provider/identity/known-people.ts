import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";
import { ownerKey } from "../jobs/owner-name.ts";

/**
 * People whom the server vouched for here, so that they go on while it is away: their names, and the
 * argon2id of a password that was right. Times are milliseconds since 1970 of this machine's clock.
 */
export interface KnownPerson {
  readonly login: string;
  readonly secret: string | null;
  readonly secret_at: number | null;
}

const read = prepared<{ key: string }, KnownPerson>(
  "SELECT login, secret, secret_at FROM known_person WHERE login_key = :key",
);
const name = prepared<{ key: string; login: string; now: number }>(
  `INSERT INTO known_person (login_key, login, seen_at) VALUES (:key, :login, :now)
   ON CONFLICT (login_key) DO UPDATE SET login = excluded.login, seen_at = excluded.seen_at`,
);
const password = prepared<{ key: string; secret: string; now: number }>(
  "UPDATE known_person SET secret = :secret, secret_at = :now WHERE login_key = :key",
);
const forgetSecret = prepared<{ key: string }>(
  "UPDATE known_person SET secret = NULL, secret_at = NULL WHERE login_key = :key",
);
const forget = prepared<{ key: string }>("DELETE FROM known_person WHERE login_key = :key");
const forgetOldSecrets = prepared<{ before: number }>(
  "UPDATE known_person SET secret = NULL, secret_at = NULL WHERE secret_at <= :before",
);
const forgetOld = prepared<{ before: number }>("DELETE FROM known_person WHERE seen_at <= :before");

export function findKnown(db: Database, login: string): KnownPerson | undefined {
  return read(db).get({ key: ownerKey(login) });
}

/** The server knows this person. */
export function rememberName(db: Database, login: string, now: number): void {
  name(db).run({ key: ownerKey(login), login, now });
}

/** The server took this password, of which `secret` is the argon2id. */
export function rememberPassword(
  db: Database,
  { login, secret }: { login: string; secret: string },
  now: number,
): void {
  rememberName(db, login, now);
  password(db).run({ key: ownerKey(login), secret, now });
}

export function forgetPassword(db: Database, login: string): void {
  forgetSecret(db).run({ key: ownerKey(login) });
}

export function forgetPerson(db: Database, login: string): void {
  forget(db).run({ key: ownerKey(login) });
}

/** Passwords past their lifetime, and people who were not seen for that of names, are forgotten. */
export function forgetOldPeople(db: Database, before: { passwords: number; names: number }): void {
  forgetOldSecrets(db).run({ before: before.passwords });
  forgetOld(db).run({ before: before.names });
}
