import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { loginKey } from "./login-name.ts";

/** What scripts keep about a person and no terminal needs. */
export type MoreAbout = { home: string; alias: string };

const statements = perDatabase((db) => ({
  read: statement<{ personId: string }, MoreAbout>(
    db,
    "SELECT home, alias FROM person_more WHERE person_id = :personId",
  ),
  write: statement<{ personId: string; home: string; alias: string; key: string }>(
    db,
    `INSERT INTO person_more (person_id, home, alias, alias_key)
     VALUES (:personId, :home, :alias, :key)
     ON CONFLICT (person_id) DO UPDATE
       SET home = excluded.home, alias = excluded.alias, alias_key = excluded.alias_key`,
  ),
  byAlias: statement<{ key: string }, { person_id: string; login: string }>(
    db,
    `SELECT person_id, login FROM person_more JOIN person USING (person_id)
     WHERE alias_key = :key AND alias_key <> '' AND login_key IS NOT NULL`,
  ),
  byName: statement<{ name: string }, { login: string }>(
    db,
    `SELECT login FROM person WHERE display_name = :name COLLATE NOCASE AND login_key IS NOT NULL
     ORDER BY login_key LIMIT 1000`,
  ),
  drop: ["person_more", "group_member", "shared_access_person"].map((table) =>
    statement<{ personId: string }>(db, `DELETE FROM ${table} WHERE person_id = :personId`),
  ),
}));

export function moreAbout(db: Database, personId: string): MoreAbout {
  return statements(db).read.get({ personId }) ?? { home: "", alias: "" };
}

/** Stores what is named. Another person's second name is a conflict. */
export function changeMore(
  db: Database,
  personId: string,
  change: Partial<MoreAbout>,
): { kind: "done" } | { kind: "conflict"; sentence: string } {
  return transaction(db, () => {
    const { home, alias } = { ...moreAbout(db, personId), ...change };
    const key = alias.trim() === "" ? "" : loginKey(alias);
    const holder = key === "" ? undefined : statements(db).byAlias.get({ key });
    if (holder !== undefined && holder.person_id !== personId)
      return {
        kind: "conflict",
        sentence: `"${alias}" is another name of ${holder.login} already.`,
      };
    statements(db).write.run({ personId, home, alias: alias.trim(), key });
    return { kind: "done" };
  });
}

/**
 * The names under which a person's jobs come, as they are compared: the log-in name, and the other name
 * where nobody is called so.
 */
export const namesOfPerson = `SELECT :key UNION SELECT alias_key FROM person_more
  JOIN person USING (person_id) WHERE login_key = :key AND alias_key <> ''
    AND alias_key NOT IN (SELECT login_key FROM person WHERE login_key IS NOT NULL)`;

/** The log-in name of whom this is another name of. */
export function loginByAlias(db: Database, alias: string): string | undefined {
  return statements(db).byAlias.get({ key: loginKey(alias) })?.login;
}

/** Log-in names of those who are called so, without regard to the case of A to Z. */
export function loginsByFullName(db: Database, name: string): string[] {
  return statements(db)
    .byName.all({ name: name.trim() })
    .map(({ login }) => login);
}

/** Takes a person out of all groups and accounts, and forgets the rest; with the person. */
export function forgetMore(db: Database, personId: string): void {
  for (const drop of statements(db).drop) drop.run({ personId });
}
