import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

export const settingsSchema: Migration = {
  id: "settings-1",
  up: `
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};

const statements = perDatabase((db) => ({
  read: statement<{ name: string }, { value: string }>(
    db,
    "SELECT value FROM setting WHERE name = :name",
  ),
  write: statement<{ name: string; value: string }>(
    db,
    `INSERT INTO setting (name, value) VALUES (:name, :value)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ),
}));

/** What was set while the server ran, rather than in its configuration file. */
export function readSetting(db: Database, name: string): string | undefined {
  return statements(db).read.get({ name })?.value;
}

export function writeSetting(db: Database, setting: { name: string; value: string }): void {
  statements(db).write.run(setting);
}
