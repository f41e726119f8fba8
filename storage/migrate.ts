import type Sqlite from "better-sqlite3";
import { StorageError } from "./storage-error.ts";
import { transaction } from "./transaction.ts";

/**
 * One step of a schema. Once released it never changes: a correction is a further step.
 * `id` sorts nothing; the order of the list counts. Make tables STRICT.
 */
export interface Migration {
  id: string;
  up: string | ((db: Sqlite.Database) => void);
}

/**
 * Applies the migrations that the database does not have yet, each in its own transaction together
 * with the record that it was applied, so that a kill leaves the schema at a step and never between.
 * Throws {@link StorageError} ("newer-schema") when the database has a step that the list has not.
 */
export function migrate(db: Sqlite.Database, migrations: readonly Migration[]): void {
  if (new Set(migrations.map((step) => step.id)).size !== migrations.length)
    throw new Error("Two migrations have the same id.");
  transaction(db, () => {
    db.exec(
      "CREATE TABLE IF NOT EXISTS migration (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT",
    );
  });
  const applied = db
    .prepare<[], { id: string }>("SELECT id FROM migration ORDER BY position")
    .all();
  for (const [position, { id }] of applied.entries())
    if (migrations[position]?.id !== id) refuse(db.name, id);

  const record = db.prepare<[number, string]>("INSERT INTO migration (position, id) VALUES (?, ?)");
  for (const [position, step] of migrations.entries()) {
    if (position < applied.length) continue;
    transaction(db, () => {
      if (typeof step.up === "string") db.exec(step.up);
      else step.up(db);
      record.run(position, step.id);
    });
  }
}

function refuse(path: string, id: string): never {
  throw new StorageError(
    "newer-schema",
    `${path} has the schema step "${id}", which this Guichet does not know: a newer one, or another role, wrote it. Start that program, or restore a copy made before the update.`,
  );
}
