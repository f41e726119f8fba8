import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { forgetBadgeEvents } from "./badge-events.ts";
import { takeBadges } from "./badges.ts";
import { forgetMore } from "./more-about.ts";
import { forgetRights } from "./rights.ts";

const text = [
  "display_name",
  "email",
  "department",
  "office",
  "notes",
  "number",
  "source",
] as const;
const secrets = ["pin", "password", "directory_secret", "directory_id", "language"] as const;
const flags = ["restricted", "disabled"] as const;
const moments = ["disabled_until", "directory_at", "directory_secret_at", "left_at"] as const;

/** One thing about a person, with its new value. Secrets are given as their hashes, or taken away. */
export type PersonChange =
  | { what: (typeof text)[number]; value: string }
  | { what: (typeof secrets)[number]; value: string | null }
  | { what: (typeof flags)[number]; value: boolean }
  | { what: (typeof moments)[number]; value: number | null };

const statements = perDatabase((db) => ({
  change: new Map(
    [...text, ...secrets, ...flags, ...moments].map((column) => [
      column,
      statement<{ personId: string; value: string | number | null }>(
        db,
        `UPDATE person SET ${column} = :value WHERE person_id = :personId`,
      ),
    ]),
  ),
  emailKey: statement<{ personId: string; value: string }>(
    db,
    "UPDATE person SET email_key = :value WHERE person_id = :personId",
  ),
  forgetPreferences: statement<{ personId: string }>(
    db,
    "DELETE FROM preference WHERE person_id = :personId",
  ),
  forget: statement<{ personId: string }>(
    db,
    `UPDATE person SET login = '(removed)', login_key = NULL, display_name = '(removed)', email = '',
       email_key = '', language = NULL, disabled = 1, department = '', office = '', notes = '',
       pin = NULL, password = NULL, number = '', directory_id = NULL, directory_secret = NULL
     WHERE person_id = :personId`,
  ),
}));

/** Changes one thing about a person. */
export function changePerson(db: Database, personId: string, change: PersonChange): void {
  transaction(db, () => {
    const value = typeof change.value === "boolean" ? Number(change.value) : change.value;
    const prepared = statements(db).change.get(change.what);
    if (prepared === undefined) throw new Error(`Nothing is prepared to change ${change.what}.`);
    prepared.run({ personId, value });
    if (change.what === "email")
      statements(db).emailKey.run({ personId, value: change.value.trim().toLowerCase() });
  });
}

/**
 * Removes a person: name, address, badges and secrets are gone; the accounts and their entries stay,
 * nameless, since the books must go on summing to nothing.
 */
export function removePerson(db: Database, personId: string, now: number): void {
  transaction(db, () => {
    takeBadges(db, { personId }, now);
    forgetBadgeEvents(db, personId);
    // What helps somebody to read may tell of their health.
    statements(db).forgetPreferences.run({ personId });
    forgetMore(db, personId);
    forgetRights(db, personId);
    statements(db).forget.run({ personId });
  });
}
