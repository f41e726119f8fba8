import type { Database } from "./open-database.ts";
import { statement } from "./statement.ts";
import { transaction } from "./transaction.ts";

/** The table that wrong tries are counted in; a step of the migrations of whoever counts them. */
export const wrongTriesTable = `
CREATE TABLE sign_in_try (
  subject TEXT NOT NULL,
  place TEXT NOT NULL,
  wrong INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (subject, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_try_by_time ON sign_in_try (last_at);
`;

/**
 * Who is tried, and where: a person's tries at one terminal (or from one address) slow that person
 * down there, and nobody else, and nowhere else.
 */
export type Tried = { subject: string; place: string };
export type Turn = { kind: "may-try" } | { kind: "slow-down"; seconds: number };

/** Slips of a finger cost nothing. */
const FREE = 3;
const FIRST_MS = 5_000;
const MOST_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;

const prepare = (db: Database) => ({
  read: statement<Tried, { wrong: number; last_at: number }>(
    db,
    "SELECT wrong, last_at FROM sign_in_try WHERE subject = :subject AND place = :place",
  ),
  count: statement<Tried & { now: number }>(
    db,
    `INSERT INTO sign_in_try (subject, place, wrong, last_at) VALUES (:subject, :place, 1, :now)
     ON CONFLICT (subject, place) DO UPDATE SET wrong = wrong + 1, last_at = :now`,
  ),
  takeBack: statement<Tried>(
    db,
    `UPDATE sign_in_try SET wrong = wrong - 1, last_at = last_at - ${MOST_MS}
     WHERE subject = :subject AND place = :place`,
  ),
  forget: statement<Tried>(
    db,
    "DELETE FROM sign_in_try WHERE subject = :subject AND place = :place",
  ),
  forgetOld: statement<{ before: number }>(db, "DELETE FROM sign_in_try WHERE last_at < :before"),
});
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();
function statements(db: Database): ReturnType<typeof prepare> {
  const known = prepared.get(db) ?? prepare(db);
  prepared.set(db, known);
  return known;
}

/** How long to wait after so many wrong tries, in milliseconds: nothing at first, then ever longer. */
export function delayAfter(wrong: number): number {
  return wrong < FREE ? 0 : Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(wrong - FREE, 20));
}

/**
 * Asks for a try, and counts it as wrong before it is checked, so that neither a crash nor many tries
 * at once get one for nothing. Who must wait is told how long, and nothing is counted. `now` is the
 * keeper's clock; one that was set back makes nobody wait longer than the delay itself.
 */
export function beginTry(db: Database, tried: Tried, now: number): Turn {
  return transaction(db, (): Turn => {
    const known = statements(db).read.get(tried);
    const delay = delayAfter(known?.wrong ?? 0);
    const left = Math.min(delay, (known?.last_at ?? 0) + delay - now);
    if (left > 0) return { kind: "slow-down", seconds: Math.ceil(left / 1000) };
    if (known === undefined) statements(db).forgetOld.run({ before: now - FORGOTTEN_AFTER_MS });
    statements(db).count.run({ ...tried, now });
    return { kind: "may-try" };
  });
}

/**
 * The try could not be checked, or was right without telling who tries: it does not count. Nobody waits
 * for it either; whoever had to wait for the tries before it had done so.
 */
export function takeBackTry(db: Database, tried: Tried): void {
  statements(db).takeBack.run(tried);
}

/** The try was right: all before it are forgiven. */
export function forgetTries(db: Database, tried: Tried): void {
  statements(db).forget.run(tried);
}

/** Whether nothing wrong is on record, so that a secret known to be right need not be counted first. */
export function hasNoTries(db: Database, tried: Tried): boolean {
  return statements(db).read.get(tried) === undefined;
}
