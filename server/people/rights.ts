import type { Migration } from "../../storage/migrate.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

/** What a person may beyond printing. A whole card number is enough to make a second card. */
export type Right = "see-card-numbers";

/** Each right is given to each person by name; no role brings it with it. */
export const rightsSchema: Migration = {
  id: "people-4-rights",
  up: `
CREATE TABLE person_right (
  person_id TEXT NOT NULL REFERENCES person (person_id),
  name TEXT NOT NULL CHECK (name IN ('see-card-numbers')),
  PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;
`,
};

const statements = perDatabase((db) => ({
  has: statement<{ personId: string; name: Right }, { name: Right }>(
    db,
    "SELECT name FROM person_right WHERE person_id = :personId AND name = :name",
  ),
  give: statement<{ personId: string; name: Right }>(
    db,
    "INSERT INTO person_right (person_id, name) VALUES (:personId, :name) ON CONFLICT DO NOTHING",
  ),
  take: statement<{ personId: string; name: Right }>(
    db,
    "DELETE FROM person_right WHERE person_id = :personId AND name = :name",
  ),
  forget: statement<{ personId: string }>(
    db,
    "DELETE FROM person_right WHERE person_id = :personId",
  ),
}));

export function hasRight(db: Database, personId: string, name: Right): boolean {
  return statements(db).has.get({ personId, name }) !== undefined;
}

/** Gives a right, or takes it. Repeating it changes nothing. */
export function setRight(
  db: Database,
  personId: string,
  { name, given }: { readonly name: Right; readonly given: boolean },
): void {
  statements(db)[given ? "give" : "take"].run({ personId, name });
}

export function forgetRights(db: Database, personId: string): void {
  statements(db).forget.run({ personId });
}
