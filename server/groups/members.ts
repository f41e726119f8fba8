import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

const statements = perDatabase((db) => ({
  add: statement<{ groupId: string; personId: string }>(
    db,
    "INSERT OR IGNORE INTO group_member (group_id, person_id) VALUES (:groupId, :personId)",
  ),
  remove: statement<{ groupId: string; personId: string }>(
    db,
    "DELETE FROM group_member WHERE group_id = :groupId AND person_id = :personId",
  ),
  logins: statement<{ groupId: string; offset: number; limit: number }, { login: string }>(
    db,
    `SELECT login FROM group_member JOIN person USING (person_id)
     WHERE group_id = :groupId AND login_key IS NOT NULL
     ORDER BY login_key LIMIT :limit OFFSET :offset`,
  ),
  after: statement<{ groupId: string; after: string; most: number }, { person_id: string }>(
    db,
    `SELECT person_id FROM group_member JOIN person USING (person_id)
     WHERE group_id = :groupId AND person_id > :after AND login_key IS NOT NULL
     ORDER BY person_id LIMIT :most`,
  ),
}));

/** Puts a person into a group; again changes nothing. */
export function addMember(db: Database, member: { groupId: string; personId: string }): void {
  statements(db).add.run(member);
}

/** Takes a person out of a group; one who is not in it stays out. */
export function removeMember(db: Database, member: { groupId: string; personId: string }): void {
  statements(db).remove.run(member);
}

/** Log-in names of members in their order, a part of the list. */
export function listMembers(
  db: Database,
  part: { groupId: string; offset: number; limit: number },
): string[] {
  return statements(db)
    .logins.all(part)
    .map(({ login }) => login);
}

/** Members whose ids come after one, in the order of ids: a part of all, to go on from. */
export function membersAfter(
  db: Database,
  part: { groupId: string; after: string; most: number },
): string[] {
  return statements(db)
    .after.all(part)
    .map(({ person_id: personId }) => personId);
}
