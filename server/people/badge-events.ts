import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

export type BadgeEvent = {
  what: "given" | "taken" | "blocked" | "unblocked" | "until";
  /** Server's clock, milliseconds. */
  at: number;
  sealed: Buffer;
  until: number | null;
};

const statements = perDatabase((db) => ({
  note: statement<{
    at: number;
    personId: string;
    what: string;
    sealed: Uint8Array;
    until: number | null;
  }>(
    db,
    `INSERT INTO badge_event (at, person_id, what, sealed, until)
     VALUES (:at, :personId, :what, :sealed, :until)`,
  ),
  of: statement<{ personId: string }, BadgeEvent>(
    db,
    `SELECT what, at, sealed, until FROM badge_event WHERE person_id = :personId
     ORDER BY id DESC LIMIT 200`,
  ),
  forget: statement<{ personId: string }>(
    db,
    "DELETE FROM badge_event WHERE person_id = :personId",
  ),
}));

/** Writes down what became of a badge, within the transaction that does it. */
export function noteBadge(
  db: Database,
  event: {
    personId: string;
    sealed: Uint8Array;
    what: BadgeEvent["what"];
    until: number | null;
  },
  at: number,
): void {
  statements(db).note.run({ ...event, at });
}

/** What became of a person's badges, newest first, the last 200. */
export function badgeEventsOf(db: Database, personId: string): BadgeEvent[] {
  return statements(db).of.all({ personId });
}

/** The history goes with the person. */
export function forgetBadgeEvents(db: Database, personId: string): void {
  statements(db).forget.run({ personId });
}
