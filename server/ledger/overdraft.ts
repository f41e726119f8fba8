import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { readSetting, writeSetting } from "../settings/settings.ts";
import type { OverdraftMode } from "./accounts.ts";

/** Whose default it is: that of all people, or of all shared accounts. */
export type DefaultFor = "person" | "shared";

const setting: Record<DefaultFor, string> = {
  person: "overdraft.person",
  shared: "overdraft.shared",
};

const statements = perDatabase((db) => ({
  own: statement<{ account: string; overdraft: number }>(
    db,
    `UPDATE account SET own_overdraft = :overdraft,
       overdraft = CASE overdraft_mode WHEN 'individual' THEN :overdraft ELSE overdraft END
     WHERE account = :account`,
  ),
  mode: statement<{ account: string; mode: string; standard: number }>(
    db,
    `UPDATE account SET overdraft_mode = :mode,
       overdraft = CASE :mode WHEN 'individual' THEN own_overdraft ELSE :standard END
     WHERE account = :account`,
  ),
  standard: statement<{ kind: string; overdraft: number }>(
    db,
    `UPDATE account SET overdraft = :overdraft
     WHERE kind = :kind AND unit = 'money' AND overdraft_mode = 'default'`,
  ),
}));

/** How far accounts without an overdraft of their own may go below nothing. */
export function defaultOverdraft(db: Database, kind: DefaultFor): Money {
  return Number(readSetting(db, setting[kind]) ?? 0);
}

/** Sets the site's default, and with it the overdraft of all accounts that follow it. */
export function setDefaultOverdraft(
  db: Database,
  change: { kind: DefaultFor; overdraft: Money },
): void {
  transaction(db, () => {
    writeSetting(db, { name: setting[change.kind], value: String(change.overdraft) });
    statements(db).standard.run(change);
  });
}

/** Sets an account's own overdraft; it counts while the account's mode is `individual`. */
export function setOverdraft(db: Database, change: { account: string; overdraft: Money }): void {
  statements(db).own.run(change);
}

/** Whether an account's own overdraft counts, or the site's default. */
export function setOverdraftMode(
  db: Database,
  change: { account: string; kind: DefaultFor; mode: OverdraftMode },
): void {
  const { account, kind, mode } = change;
  statements(db).mode.run({ account, mode, standard: defaultOverdraft(db, kind) });
}
