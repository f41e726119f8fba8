import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { loginKey } from "./login-name.ts";
import { findPersonByLogin } from "./person.ts";

const statements = perDatabase((db) => ({
  rename: statement<{ personId: string; login: string; key: string }>(
    db,
    "UPDATE person SET login = :login, login_key = :key WHERE person_id = :personId",
  ),
}));

/** Gives a person another log-in name. Jobs held under the old one are found no more. */
export function renamePerson(
  db: Database,
  renamed: { personId: string; login: string },
): { kind: "renamed" } | { kind: "conflict"; sentence: string } {
  return transaction(db, () => {
    const { personId } = renamed;
    const login = renamed.login.trim();
    const holder = findPersonByLogin(db, login);
    if (holder !== undefined && holder.person_id !== personId)
      return { kind: "conflict", sentence: `There is a person ${holder.login} already.` };
    statements(db).rename.run({ personId, login, key: loginKey(login) });
    return { kind: "renamed" };
  });
}
