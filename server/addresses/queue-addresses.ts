import type { KeyObject } from "node:crypto";
import type { AddressFeed } from "../../protocol/provider-people.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";

/** Addresses of one person that are good at a time. */
const MOST_OF_ONE = 32;

export type AddressRow = { queue: string; end: string; made_at: number; revoked_at: number | null };

const statements = perDatabase((db) => ({
  add: statement<{
    finder: Uint8Array;
    personId: string;
    queue: string;
    end: string;
    now: number;
    revision: number;
  }>(
    db,
    `INSERT INTO queue_address (finder, person_id, queue, end, made_at, revision)
     VALUES (:finder, :personId, :queue, :end, :now, :revision)`,
  ),
  newest: statement<NoParameters, { newest: number | null }>(
    db,
    "SELECT max(revision) AS newest FROM queue_address",
  ),
  good: statement<{ personId: string }, { n: number }>(
    db,
    "SELECT count(*) AS n FROM queue_address WHERE person_id = :personId AND revoked_at IS NULL",
  ),
  revoke: statement<{ personId: string; end: string | null; now: number; revision: number }>(
    db,
    `UPDATE queue_address SET revoked_at = :now, revision = :revision
     WHERE person_id = :personId AND revoked_at IS NULL AND (:end IS NULL OR end = :end)`,
  ),
  of: statement<{ personId: string }, AddressRow>(
    db,
    `SELECT queue, end, made_at, revoked_at FROM queue_address
     WHERE person_id = :personId ORDER BY made_at DESC LIMIT 100`,
  ),
  after: statement<
    { after: number },
    { finder: Uint8Array; queue: string; login: string; good: 0 | 1 }
  >(
    db,
    `SELECT finder, queue, login, revoked_at IS NULL AND login_key IS NOT NULL AS good
     FROM queue_address JOIN person USING (person_id) WHERE queue_address.revision > :after`,
  ),
}));

/** Grows with each address that is made or revoked, or whose person's name changes. */
export function addressRevision(db: Database): number {
  return statements(db).newest.get({})?.newest ?? 0;
}

/** Stores an address by its keyed hash, and its last characters to tell it from others. */
export function addAddress(
  db: Database,
  added: { finder: Uint8Array; personId: string; queue: string; end: string },
  now: number,
): "added" | "too-many" {
  return transaction(db, () => {
    const { personId } = added;
    if ((statements(db).good.get({ personId })?.n ?? 0) >= MOST_OF_ONE) return "too-many";
    statements(db).add.run({ ...added, now, revision: addressRevision(db) + 1 });
    return "added";
  });
}

/** Revokes those of a person that end so, or all (`end` null). Gives how many. */
export function revokeAddresses(
  db: Database,
  revoked: { personId: string; end: string | null },
  now: number,
): number {
  return transaction(db, () =>
    statements(db).revoke.run({ ...revoked, now, revision: addressRevision(db) + 1 }),
  );
}

/** Those of a person, the newest first. */
export function addressesOf(db: Database, personId: string): AddressRow[] {
  return statements(db).of.all({ personId });
}

/** What changed after a revision; all of it for who has one that never was here, or none (-1). */
export function addressFeed(db: Database, after: number, key: KeyObject): AddressFeed {
  return transaction(db, () => {
    const revision = addressRevision(db);
    const whole = after < 0 || after > revision;
    const rows = statements(db).after.all({ after: whole ? -1 : after });
    const text = (finder: Uint8Array) => Buffer.from(finder).toString("base64url");
    return {
      revision,
      whole,
      key: key.export().toString("base64url"),
      addresses: rows.flatMap(({ finder, queue, login, good }) =>
        good === 1 ? [{ finder: text(finder), queue, login }] : [],
      ),
      revoked: whole ? [] : rows.flatMap(({ finder, good }) => (good === 1 ? [] : [text(finder)])),
    };
  });
}
