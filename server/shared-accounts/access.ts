import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

const statements = perDatabase((db) => ({
  givePerson: statement<{ sharedId: string; personId: string }>(
    db,
    "INSERT OR IGNORE INTO shared_access_person (shared_id, person_id) VALUES (:sharedId, :personId)",
  ),
  takePerson: statement<{ sharedId: string; personId: string }>(
    db,
    "DELETE FROM shared_access_person WHERE shared_id = :sharedId AND person_id = :personId",
  ),
  giveGroup: statement<{ sharedId: string; groupId: string }>(
    db,
    "INSERT OR IGNORE INTO shared_access_group (shared_id, group_id) VALUES (:sharedId, :groupId)",
  ),
  takeGroup: statement<{ sharedId: string; groupId: string }>(
    db,
    "DELETE FROM shared_access_group WHERE shared_id = :sharedId AND group_id = :groupId",
  ),
  people: statement<{ sharedId: string }, { name: string }>(
    db,
    `SELECT login AS name FROM shared_access_person JOIN person USING (person_id)
     WHERE shared_id = :sharedId AND login_key IS NOT NULL ORDER BY login_key LIMIT 10000`,
  ),
  groups: statement<{ sharedId: string }, { name: string }>(
    db,
    `SELECT name FROM shared_access_group JOIN people_group USING (group_id)
     WHERE shared_id = :sharedId ORDER BY name_key LIMIT 10000`,
  ),
  may: statement<{ sharedId: string; personId: string }, { yes: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM shared_access_person
         WHERE shared_id = :sharedId AND person_id = :personId)
       OR EXISTS (SELECT 1 FROM shared_access_group JOIN group_member USING (group_id)
         WHERE shared_id = :sharedId AND person_id = :personId) AS yes`,
  ),
  open: statement<
    { personId: string; now: number; limit: number; offset: number },
    { account: string; whole: string; available: Money; balance: Money; restricted: 0 | 1 }
  >(
    db,
    `SELECT account, coalesce(parent.name || '\\', '') || own.name AS whole, balance,
       balance - reserved + overdraft AS available, own.restricted
     FROM shared_account AS own
     LEFT JOIN shared_account AS parent ON parent.shared_id = own.parent_id
     JOIN account ON account.shared_id = own.shared_id AND unit = 'money'
     WHERE own.shared_id IN (
         SELECT shared_id FROM shared_access_person WHERE person_id = :personId
         UNION SELECT shared_id FROM shared_access_group JOIN group_member USING (group_id)
           WHERE person_id = :personId)
       AND own.name_key IS NOT NULL AND own.disabled = 0 AND coalesce(own.disabled_until, 0) <= :now
     ORDER BY own.name_key LIMIT :limit OFFSET :offset`,
  ),
}));

/** Who may pay from a shared account, one person or all members of a group. */
export type Payer = { personId: string } | { groupId: string };

export function giveAccess(db: Database, given: { sharedId: string } & Payer): void {
  const { sharedId } = given;
  if ("personId" in given) statements(db).givePerson.run({ sharedId, personId: given.personId });
  else statements(db).giveGroup.run({ sharedId, groupId: given.groupId });
}

export function takeAccess(db: Database, taken: { sharedId: string } & Payer): void {
  const { sharedId } = taken;
  if ("personId" in taken) statements(db).takePerson.run({ sharedId, personId: taken.personId });
  else statements(db).takeGroup.run({ sharedId, groupId: taken.groupId });
}

/** Log-in names of those who have access themselves. */
export function peopleWithAccess(db: Database, sharedId: string): string[] {
  return statements(db)
    .people.all({ sharedId })
    .map(({ name }) => name);
}

/** Names of the groups whose members have access. */
export function groupsWithAccess(db: Database, sharedId: string): string[] {
  return statements(db)
    .groups.all({ sharedId })
    .map(({ name }) => name);
}

/** Whether a person has access, alone or as a member of a group. */
export function mayPayFrom(db: Database, asked: { sharedId: string; personId: string }): boolean {
  return statements(db).may.get(asked)?.yes === 1;
}

/** What a person may pay from now, by name; what is disabled is left out. */
export function sharedAccountsFor(
  db: Database,
  asked: { personId: string; now: number; limit: number; offset: number },
): { account: string; whole: string; available: Money; balance: Money; restricted: 0 | 1 }[] {
  return statements(db).open.all(asked);
}
