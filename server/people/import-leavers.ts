import type { ImportEnd, ImportEndReply } from "../../protocol/admin-import.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";

const LEAVERS = `source = 'import' AND disabled = 0 AND login_key IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM import_seen
    WHERE import_seen.run = :run AND import_seen.login_key = person.login_key)`;
const DAY_MS = 24 * 60 * 60_000;

const statements = perDatabase((db) => ({
  count: statement<{ run: string }, { leavers: number; imported: number }>(
    db,
    `SELECT (SELECT count(*) FROM person WHERE ${LEAVERS}) AS leavers,
       (SELECT count(*) FROM person WHERE source = 'import' AND disabled = 0) AS imported`,
  ),
  some: statement<{ run: string }, { login: string }>(
    db,
    `SELECT login FROM person WHERE ${LEAVERS} ORDER BY login_key LIMIT 100`,
  ),
  disable: statement<{ run: string; now: number }>(
    db,
    `UPDATE person SET disabled = 1, left_at = :now WHERE ${LEAVERS}`,
  ),
  forget: statement<{ run: string; before: number }>(
    db,
    "DELETE FROM import_seen WHERE run = :run OR at < :before",
  ),
}));

/** Ends an import: finds who is no longer in the list, and disables them if that was asked for. */
export function endImport(db: Database, end: ImportEnd, now: number): ImportEndReply {
  const { run, dryRun, leavers: wish, force = false } = end;
  return transaction(db, (): ImportEndReply => {
    const { leavers, imported } = statements(db).count.get({ run }) ?? { leavers: 0, imported: 0 };
    const logins = statements(db)
      .some.all({ run })
      .map(({ login }) => login);
    const isTooMany = leavers * 5 > imported && !force;
    const found = { leavers, logins };
    const isToDo = wish === "disable" && leavers > 0;
    const disabled = isToDo && !isTooMany && !dryRun ? statements(db).disable.run({ run, now }) : 0;
    statements(db).forget.run({ run, before: now - DAY_MS });
    return {
      ...found,
      disabled,
      ...(isToDo && isTooMany
        ? {
            sentence: `${leavers} of ${imported} people are not in the list: more than a fifth. Nobody is disabled, since the list may be cut; --force disables them all the same.`,
          }
        : {}),
    };
  });
}
