import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import type { SealedCard } from "./card-keys.ts";

/** A person has at most so many badges; the first two are the "primary" and "secondary" of scripts. */
export const BADGES_AT_MOST = 16;

export type BadgeGiven = { kind: "given" } | { kind: "conflict"; sentence: string };

const statements = perDatabase((db) => ({
  find: statement<{ finder: Uint8Array }, { person_id: string; slot: number }>(
    db,
    "SELECT person_id, slot FROM badge WHERE finder = :finder",
  ),
  of: statement<{ personId: string }, { slot: number; sealed: Buffer }>(
    db,
    "SELECT slot, sealed FROM badge WHERE person_id = :personId ORDER BY slot",
  ),
  give: statement<{ personId: string; slot: number; finder: Uint8Array; sealed: Uint8Array }>(
    db,
    "INSERT INTO badge (finder, person_id, slot, sealed) VALUES (:finder, :personId, :slot, :sealed)",
  ),
  take: statement<{ personId: string; slot: number }>(
    db,
    "DELETE FROM badge WHERE person_id = :personId AND slot = :slot",
  ),
  takeAll: statement<{ personId: string }>(db, "DELETE FROM badge WHERE person_id = :personId"),
}));

/** Whose badge it is, by the keyed hash of its number. */
export function badgeHolder(db: Database, finder: Uint8Array): string | undefined {
  return statements(db).find.get({ finder })?.person_id;
}

/** A person's sealed badges by slot (1 is the primary one). */
export function badgesOf(db: Database, personId: string): { slot: number; sealed: Buffer }[] {
  return statements(db).of.all({ personId });
}

/**
 * Gives a person a badge: into the named slot, whose badge it replaces, or into the first free one.
 * Giving it again is harmless; a badge of somebody else is a conflict.
 */
export function giveBadge(
  db: Database,
  given: { personId: string; card: SealedCard; slot?: number },
): BadgeGiven {
  return transaction(db, (): BadgeGiven => {
    const { personId, card } = given;
    const known = statements(db).find.get({ finder: card.finder });
    if (known !== undefined && known.person_id !== personId)
      return conflict("This card belongs to another person. Take it from that person first.");
    if (known !== undefined && (given.slot === undefined || given.slot === known.slot))
      return { kind: "given" };
    if (known !== undefined) statements(db).take.run({ personId, slot: known.slot });
    const slot = given.slot ?? freeSlot(db, personId);
    if (slot === undefined) return conflict(`A person can have ${BADGES_AT_MOST} badges at most.`);
    statements(db).take.run({ personId, slot });
    statements(db).give.run({ personId, slot, ...card });
    return { kind: "given" };
  });
}

/** Takes the badge of a slot, or all of them, from a person. */
export function takeBadges(db: Database, taken: { personId: string; slot?: number }): void {
  const { personId, slot } = taken;
  if (slot === undefined) statements(db).takeAll.run({ personId });
  else statements(db).take.run({ personId, slot });
}

function freeSlot(db: Database, personId: string): number | undefined {
  const used = new Set(badgesOf(db, personId).map(({ slot }) => slot));
  return Array.from({ length: BADGES_AT_MOST }, (_, i) => i + 1).find((slot) => !used.has(slot));
}

function conflict(sentence: string): BadgeGiven {
  return { kind: "conflict", sentence };
}
