import { join } from "node:path";
import { journalMigrations } from "../../device-bridge/journal/schema.ts";
import { markBridgeRestored } from "../../device-bridge/restored/mark-restored.ts";
import { providerMigrations } from "../../print-provider/database/migrations.ts";
import { markProviderRestored } from "../../print-provider/restored/mark-restored.ts";
import { serverMigrations } from "../../server/migrations.ts";
import { markServerRestored } from "../../server/restored/mark-restored.ts";
import type { Migration } from "../../storage/migrate.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import type { KeptRole } from "./role-files.ts";

/** Brings a role's database that was just put back up to date, and prepares it for its new life. */
export function markRestored(role: KeptRole, folder: string): void {
  const now = Date.now();
  switch (role) {
    case "server":
      within(join(folder, "server.db"), serverMigrations, (db) => markServerRestored(db, now));
      return;
    case "provider":
      within(join(folder, "provider.db"), providerMigrations, markProviderRestored);
      return;
    case "bridge":
      within(join(folder, "bridge.db"), journalMigrations, (db) => markBridgeRestored(db, now));
      return;
  }
}

function within(
  path: string,
  migrations: readonly Migration[],
  work: (db: Database) => void,
): void {
  const db = openDatabase({ path, migrations });
  try {
    work(db);
  } finally {
    db.close();
  }
}
