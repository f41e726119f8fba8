import { createHmac, type KeyObject } from "node:crypto";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";

export const LINK_CODE_MINUTES = 15;
export const LINK_CODE_RANDOM_BYTES = 8;
const DIGITS = 8;

const statements = perDatabase((db) => ({
  drop: statement<{ personId: string; now: number }>(
    db,
    "DELETE FROM link_code WHERE person_id = :personId OR expires_at <= :now",
  ),
  issue: statement<{ finder: Uint8Array; personId: string; expiresAt: number }>(
    db,
    `INSERT INTO link_code (finder, person_id, expires_at) VALUES (:finder, :personId, :expiresAt)
     ON CONFLICT (finder) DO UPDATE SET person_id = :personId, expires_at = :expiresAt`,
  ),
  read: statement<{ finder: Uint8Array; now: number }, { person_id: string }>(
    db,
    "SELECT person_id FROM link_code WHERE finder = :finder AND expires_at > :now",
  ),
  use: statement<{ finder: Uint8Array }>(db, "DELETE FROM link_code WHERE finder = :finder"),
}));

/** Random bytes as a code for a PIN pad: eight digits. */
export function linkCodeFrom(random: Uint8Array): string {
  if (random.length !== LINK_CODE_RANDOM_BYTES) throw new Error("A code takes 8 random bytes.");
  const number = Buffer.from(random).readBigUInt64BE() % 10n ** BigInt(DIGITS);
  return number.toString().padStart(DIGITS, "0");
}

/** The keyed hash by which a code is found; spaces and dashes do not matter. */
export function linkCodeFinder(key: KeyObject, typed: string): Buffer {
  return createHmac("sha256", key)
    .update(`link ${typed.replace(/[\s-]/g, "")}`)
    .digest();
}

/** Stores a code by which a person links one card; an older one of the same person is void then. */
export function issueLinkCode(
  db: Database,
  issued: { personId: string; finder: Uint8Array },
  now: number,
): void {
  transaction(db, () => {
    statements(db).drop.run({ personId: issued.personId, now });
    statements(db).issue.run({ ...issued, expiresAt: now + LINK_CODE_MINUTES * 60_000 });
  });
}

/** Whose code it is, while it is good. */
export function linkCodeHolder(db: Database, finder: Uint8Array, now: number): string | undefined {
  return statements(db).read.get({ finder, now })?.person_id;
}

/** A code is good once. */
export function useLinkCode(db: Database, finder: Uint8Array): void {
  statements(db).use.run({ finder });
}
