import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { openAccount } from "../ledger/accounts.ts";
import { perDatabase } from "../per-database.ts";
import { type SharedName, sharedKey, sharedNameFrom } from "./shared-name.ts";

/** A shared account as stored; see `ledger/accounts.ts` for its money. Truth values are 0 and 1. */
export type SharedAccount = {
  shared_id: string;
  /** Its own part of the name; the whole one is `parent\name`. */
  name: string;
  whole: string;
  parent_id: string | null;
  restricted: 0 | 1;
  disabled: 0 | 1;
  /** Server's clock, milliseconds. */
  disabled_until: number | null;
  notes: string;
};

export type SharedDone = { kind: "done" } | { kind: "conflict"; sentence: string };

const columns = `own.shared_id, own.name, own.parent_id, own.restricted, own.disabled,
  own.disabled_until, own.notes, coalesce(parent.name || '\\', '') || own.name AS whole`;
const joined =
  "shared_account AS own LEFT JOIN shared_account AS parent ON parent.shared_id = own.parent_id";

const statements = perDatabase((db) => ({
  byKey: statement<{ key: string }, SharedAccount>(
    db,
    `SELECT ${columns} FROM ${joined} WHERE own.name_key = :key`,
  ),
  byId: statement<{ sharedId: string }, SharedAccount>(
    db,
    `SELECT ${columns} FROM ${joined} WHERE own.shared_id = :sharedId`,
  ),
  names: statement<{ offset: number; limit: number }, { whole: string }>(
    db,
    `SELECT ${columns} FROM ${joined} WHERE own.name_key IS NOT NULL
     ORDER BY own.name_key LIMIT :limit OFFSET :offset`,
  ),
  children: statement<{ sharedId: string }, { shared_id: string; name: string }>(
    db,
    "SELECT shared_id, name FROM shared_account WHERE parent_id = :sharedId AND name_key IS NOT NULL",
  ),
  insert: statement<{ sharedId: string; name: string; parentId: string | null; key: string }>(
    db,
    `INSERT INTO shared_account (shared_id, name, parent_id, name_key)
     VALUES (:sharedId, :name, :parentId, :key)`,
  ),
  rename: statement<{ sharedId: string; name: string; parentId: string | null; key: string }>(
    db,
    `UPDATE shared_account SET name = :name, parent_id = :parentId, name_key = :key
     WHERE shared_id = :sharedId`,
  ),
  rekey: statement<{ sharedId: string; key: string }>(
    db,
    "UPDATE shared_account SET name_key = :key WHERE shared_id = :sharedId",
  ),
  forget: statement<{ sharedId: string }>(
    db,
    "UPDATE shared_account SET name_key = NULL, disabled = 1 WHERE shared_id = :sharedId",
  ),
  noPeople: statement<{ sharedId: string }>(
    db,
    "DELETE FROM shared_access_person WHERE shared_id = :sharedId",
  ),
  noGroups: statement<{ sharedId: string }>(
    db,
    "DELETE FROM shared_access_group WHERE shared_id = :sharedId",
  ),
  change: statement<{
    sharedId: string;
    restricted: number;
    disabled: number;
    until: number | null;
    notes: string;
  }>(
    db,
    `UPDATE shared_account SET restricted = :restricted, disabled = :disabled,
       disabled_until = :until, notes = :notes WHERE shared_id = :sharedId`,
  ),
}));

/** The shared account of a whole name (`parent\child`), without regard to case. */
export function findSharedAccount(db: Database, name: string): SharedAccount | undefined {
  return statements(db).byKey.get({ key: sharedKey(name) });
}

/** A shared account by its id, also after it was deleted: what was printed before is still paid. */
export function sharedAccountById(db: Database, sharedId: string): SharedAccount | undefined {
  return statements(db).byId.get({ sharedId });
}

/** Whole names in their order, a part of the list. */
export function listSharedAccounts(
  db: Database,
  part: { offset: number; limit: number },
): string[] {
  return statements(db)
    .names.all(part)
    .map(({ whole }) => whole);
}

/** Makes a shared account, restricted and empty. Ids were made before. */
export function addSharedAccount(
  db: Database,
  added: { name: string; sharedId: string; account: string },
): SharedDone {
  return transaction(db, (): SharedDone => {
    const placed = place(db, added.name);
    if (placed.kind === "conflict") return placed;
    const { sharedId, account } = added;
    statements(db).insert.run({ sharedId, ...placed.row });
    openAccount(db, { account, unit: "money", sharedId });
    return { kind: "done" };
  });
}

/** Gives a shared account another name, and perhaps another parent. What is below it goes with it. */
export function renameSharedAccount(
  db: Database,
  renamed: { shared: SharedAccount; name: string },
): SharedDone {
  return transaction(db, (): SharedDone => {
    const { shared, name } = renamed;
    const { shared_id: sharedId } = shared;
    const placed = place(db, name, sharedId);
    if (placed.kind === "conflict") return placed;
    const children = statements(db).children.all({ sharedId });
    if (children.length > 0 && placed.row.parentId !== null)
      return conflict(`"${shared.whole}" has accounts below it, so it cannot be below another.`);
    statements(db).rename.run({ sharedId, ...placed.row });
    for (const child of children)
      statements(db).rekey.run({
        sharedId: child.shared_id,
        key: sharedKey(`${placed.row.name}\\${child.name}`),
      });
    return { kind: "done" };
  });
}

/** Deletes a shared account: nobody pays from it any more. Its entries stay, as all entries do. */
export function removeSharedAccount(db: Database, shared: SharedAccount): SharedDone {
  return transaction(db, (): SharedDone => {
    const { shared_id: sharedId, whole } = shared;
    if (statements(db).children.all({ sharedId }).length > 0)
      return conflict(`"${whole}" has accounts below it. Delete those first.`);
    statements(db).noPeople.run({ sharedId });
    statements(db).noGroups.run({ sharedId });
    statements(db).forget.run({ sharedId });
    return { kind: "done" };
  });
}

/** Stores what of it may be changed. */
export function changeSharedAccount(db: Database, changed: SharedAccount): void {
  const { shared_id: sharedId, restricted, disabled, disabled_until: until, notes } = changed;
  statements(db).change.run({ sharedId, restricted, disabled, until, notes });
}

/** True while nobody may pay from it. */
export function isSharedDisabled(shared: SharedAccount, now: number): boolean {
  return shared.disabled === 1 || (shared.disabled_until ?? 0) > now;
}

type Placed =
  | { kind: "placed"; row: { name: string; parentId: string | null; key: string } }
  | { kind: "conflict"; sentence: string };

function place(db: Database, wanted: string, sharedId?: string): Placed {
  const named: SharedName = sharedNameFrom(wanted);
  if (named.kind === "refused") return conflict(named.sentence);
  const { name, parent, key } = named;
  const holder = statements(db).byKey.get({ key });
  if (holder !== undefined && holder.shared_id !== sharedId)
    return conflict(`There is a shared account "${holder.whole}" already.`);
  if (parent === undefined) return { kind: "placed", row: { name, parentId: null, key } };
  const above = findSharedAccount(db, parent);
  if (above === undefined || above.shared_id === sharedId)
    return conflict(`There is no shared account "${parent}" to be above it. Make that one first.`);
  return { kind: "placed", row: { name, parentId: above.shared_id, key } };
}

function conflict(sentence: string): { kind: "conflict"; sentence: string } {
  return { kind: "conflict", sentence };
}
