import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

const statements = perDatabase((db) => ({
  read: statement<{ device: string; field: number }, { value: string }>(
    db,
    "SELECT value FROM device_field WHERE device = :device AND field = :field",
  ),
  write: statement<{ device: string; field: number; value: string }>(
    db,
    `INSERT INTO device_field (device, field, value) VALUES (:device, :field, :value)
     ON CONFLICT (device, field) DO UPDATE SET value = excluded.value`,
  ),
}));

/** What a site notes at a device for itself, in fields 1 to 6. */
export function readField(db: Database, of: { device: string; field: number }): string {
  return statements(db).read.get(of)?.value ?? "";
}

export function writeField(
  db: Database,
  written: { device: string; field: number; value: string },
): void {
  statements(db).write.run(written);
}
