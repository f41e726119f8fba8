import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { periodAt, type QuotaPeriod } from "./quota-period.ts";

/** A group as stored, with its quota. */
export type Group = {
  group_id: string;
  name: string;
  period: QuotaPeriod | "NONE";
  amount: Money;
  /** Allotments bring no balance above this; 0 is no limit. */
  most: Money;
  /** The last period whose allotments are all booked; none without a quota. */
  allotted_through: number | null;
};

const columns = "group_id, name, period, amount, most, allotted_through";
const longest = 200;

const statements = perDatabase((db) => ({
  byName: statement<{ key: string }, Group>(
    db,
    `SELECT ${columns} FROM people_group WHERE name_key = :key`,
  ),
  list: statement<{ offset: number; limit: number }, { name: string }>(
    db,
    "SELECT name FROM people_group ORDER BY name_key LIMIT :limit OFFSET :offset",
  ),
  ofPerson: statement<{ personId: string }, { name: string }>(
    db,
    `SELECT name FROM people_group JOIN group_member USING (group_id)
     WHERE person_id = :personId ORDER BY name_key`,
  ),
  withQuota: statement<NoParameters, Group>(
    db,
    `SELECT ${columns} FROM people_group WHERE period <> 'NONE' ORDER BY group_id`,
  ),
  insert: statement<{ groupId: string; name: string; key: string }>(
    db,
    "INSERT INTO people_group (group_id, name, name_key) VALUES (:groupId, :name, :key)",
  ),
  quota: statement<{
    groupId: string;
    period: string;
    amount: number;
    most: number;
    through: number | null;
  }>(
    db,
    `UPDATE people_group SET period = :period, amount = :amount, most = :most,
       allotted_through = :through WHERE group_id = :groupId`,
  ),
  through: statement<{ groupId: string; through: number }>(
    db,
    `UPDATE people_group SET allotted_through = :through
     WHERE group_id = :groupId AND period <> 'NONE' AND allotted_through < :through`,
  ),
  remove: statement<{ groupId: string }>(db, "DELETE FROM people_group WHERE group_id = :groupId"),
  dropMembers: statement<{ groupId: string }>(
    db,
    "DELETE FROM group_member WHERE group_id = :groupId",
  ),
  dropShared: statement<{ groupId: string }>(
    db,
    "DELETE FROM shared_access_group WHERE group_id = :groupId",
  ),
  guarded: statement<{ groupId: string }, { device: string }>(
    db,
    "SELECT device FROM device_access_group WHERE group_id = :groupId LIMIT 1",
  ),
}));

/** What a group's name is compared by: without regard to case. */
export function groupKey(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}

export function findGroup(db: Database, name: string): Group | undefined {
  return statements(db).byName.get({ key: groupKey(name) });
}

/** Names in their order, a part of the list. */
export function listGroups(db: Database, part: { offset: number; limit: number }): string[] {
  return statements(db)
    .list.all(part)
    .map(({ name }) => name);
}

export function groupsOf(db: Database, personId: string): string[] {
  return statements(db)
    .ofPerson.all({ personId })
    .map(({ name }) => name);
}

export function groupsWithQuota(db: Database): Group[] {
  return statements(db).withQuota.all({});
}

export type GroupDone = { kind: "done" } | { kind: "conflict"; sentence: string };

/** Makes an empty group. Its id was made before. */
export function addGroup(db: Database, added: { groupId: string; name: string }): GroupDone {
  const { groupId } = added;
  const name = added.name.trim();
  if (name === "" || name.length > longest)
    return conflict(`A group's name has 1 to ${longest} characters.`);
  return transaction(db, (): GroupDone => {
    const known = findGroup(db, name);
    if (known !== undefined) return conflict(`There is a group "${known.name}" already.`);
    statements(db).insert.run({ groupId, name, key: groupKey(name) });
    return { kind: "done" };
  });
}

/** Removes a group; its members stay, and so does what was allotted to them. */
export function removeGroup(db: Database, group: Group): GroupDone {
  const { group_id: groupId, name } = group;
  return transaction(db, (): GroupDone => {
    // Without its last group a device would be open to everybody.
    const device = statements(db).guarded.get({ groupId })?.device;
    if (device !== undefined)
      return conflict(`The device "${device}" is for "${name}" only. Change that first.`);
    statements(db).dropMembers.run({ groupId });
    statements(db).dropShared.run({ groupId });
    statements(db).remove.run({ groupId });
    return { kind: "done" };
  });
}

/**
 * Sets what each member is allotted: of a new kind of period the first time when the next one begins.
 * Where the kind stays, what is due stays due, so that a script may set the same again and again.
 */
export function setQuota(
  db: Database,
  quota: { group: Group; amount: Money; most: Money; period: Group["period"]; now: number },
): void {
  const { group, amount, most, period, now } = quota;
  const { group_id: groupId } = group;
  const begun = period === "NONE" ? null : periodAt(period, now);
  const through = period === group.period ? group.allotted_through : begun;
  statements(db).quota.run({ groupId, amount, most, period, through });
}

/** Notes that all members have what a period brings them. */
export function noteAllotted(db: Database, noted: { groupId: string; through: number }): void {
  statements(db).through.run(noted);
}

function conflict(sentence: string): GroupDone {
  return { kind: "conflict", sentence };
}
