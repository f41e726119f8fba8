import type { Preferences, TimeFactor } from "../../protocol/preferences.ts";
import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { changePerson } from "./change-person.ts";

/** How people want screens to be; the language is the person's own, which mail may use, too. */
export const preferencesSchema: Migration = {
  id: "people-3-preferences",
  up: `
CREATE TABLE preference (
  person_id TEXT PRIMARY KEY REFERENCES person (person_id),
  time INTEGER CHECK (time IN (1, 3, 10)),
  contrast INTEGER CHECK (contrast IN (0, 1))
) STRICT, WITHOUT ROWID;
`,
};

const statements = perDatabase((db) => ({
  of: statement<{ personId: string }, { time: TimeFactor | null; contrast: 0 | 1 | null }>(
    db,
    "SELECT time, contrast FROM preference WHERE person_id = :personId",
  ),
  keep: statement<{ personId: string; time: number | null; contrast: number | null }>(
    db,
    `INSERT INTO preference (person_id, time, contrast) VALUES (:personId, :time, :contrast)
     ON CONFLICT (person_id) DO UPDATE SET
       time = coalesce(excluded.time, time), contrast = coalesce(excluded.contrast, contrast)`,
  ),
}));

/** What a person wants of screens beside the language. */
export function preferencesOf(db: Database, personId: string): Omit<Preferences, "language"> {
  const row = statements(db).of.get({ personId });
  return {
    ...(row?.time == null ? {} : { time: row.time }),
    ...(row?.contrast == null ? {} : { contrast: row.contrast === 1 }),
  };
}

/** Keeps what is named, and leaves the rest as it was. The person must be there. */
export function keepPreferences(db: Database, personId: string, wants: Preferences): void {
  const { language, time = null, contrast } = wants;
  transaction(db, () => {
    if (language !== undefined) changePerson(db, personId, { what: "language", value: language });
    if (time === null && contrast === undefined) return;
    const flag = contrast === undefined ? null : Number(contrast);
    statements(db).keep.run({ personId, time, contrast: flag });
  });
}
