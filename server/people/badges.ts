import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { noteBadge } from "./badge-events.ts";
import type { SealedCard } from "./card-keys.ts";

/** A person has at most so many badges; the first two are the "primary" and "secondary" of scripts. */
export const BADGES_AT_MOST = 16;

export type BadgeGiven = { kind: "given" } | { kind: "conflict"; sentence: string };

/** A badge as stored. Moments are the server's clock, milliseconds. */
export type BadgeRow = {
  person_id: string;
  slot: number;
  sealed: Buffer;
  source: "local" | "directory";
  blocked_at: number | null;
  expires_at: number | null;
};

const columns = "person_id, slot, sealed, source, blocked_at, expires_at";
const statements = perDatabase((db) => ({
  find: statement<{ finder: Uint8Array }, BadgeRow>(
    db,
    `SELECT ${columns} FROM badge WHERE finder = :finder`,
  ),
  of: statement<{ personId: string }, BadgeRow>(
    db,
    `SELECT ${columns} FROM badge WHERE person_id = :personId ORDER BY slot`,
  ),
  all: statement<NoParameters, BadgeRow>(
    db,
    `SELECT ${columns} FROM badge ORDER BY person_id, slot`,
  ),
  give: statement<{
    personId: string;
    slot: number;
    finder: Uint8Array;
    sealed: Uint8Array;
    source: string;
    expiresAt: number | null;
  }>(
    db,
    `INSERT INTO badge (finder, person_id, slot, sealed, source, expires_at)
     VALUES (:finder, :personId, :slot, :sealed, :source, :expiresAt)`,
  ),
  take: statement<{ personId: string; slot: number }>(
    db,
    "DELETE FROM badge WHERE person_id = :personId AND slot = :slot",
  ),
  block: statement<{ personId: string; slot: number; at: number | null }>(
    db,
    "UPDATE badge SET blocked_at = :at WHERE person_id = :personId AND slot = :slot",
  ),
  expire: statement<{ personId: string; slot: number; at: number | null }>(
    db,
    "UPDATE badge SET expires_at = :at WHERE person_id = :personId AND slot = :slot",
  ),
}));

/** The badge with this keyed hash of its number, whatever its state. */
export function findBadge(db: Database, finder: Uint8Array): BadgeRow | undefined {
  return statements(db).find.get({ finder });
}

/** Every badge of everybody. */
export function allBadges(db: Database): BadgeRow[] {
  return statements(db).all.all({});
}

/** Whose badge it is, by the keyed hash of its number. */
export function badgeHolder(db: Database, finder: Uint8Array): string | undefined {
  return findBadge(db, finder)?.person_id;
}

/** A person's badges by slot (1 is the primary one). */
export function badgesOf(db: Database, personId: string): BadgeRow[] {
  return statements(db).of.all({ personId });
}

/**
 * Gives a person a badge: into the named slot, whose badge it replaces, or into the first free one.
 * Giving it again is harmless, and sets until when it is good (`expiresAt`, for ever where null) if
 * that is named; a badge that is blocked stays so. A badge of somebody else is a conflict.
 */
export function giveBadge(
  db: Database,
  given: {
    personId: string;
    card: SealedCard;
    slot?: number;
    expiresAt?: number | null;
    source?: BadgeRow["source"];
  },
  now: number,
): BadgeGiven {
  return transaction(db, (): BadgeGiven => {
    const { personId, card, expiresAt, source = "local" } = given;
    const known = findBadge(db, card.finder);
    if (known !== undefined && known.person_id !== personId)
      return conflict("This card belongs to another person. Take it from that person first.");
    if (known !== undefined && (given.slot === undefined || given.slot === known.slot)) {
      if (expiresAt !== undefined && expiresAt !== known.expires_at)
        expire(db, known, expiresAt, now);
      return { kind: "given" };
    }
    const slot = given.slot ?? freeSlot(db, personId);
    if (slot === undefined) return conflict(`A person can have ${BADGES_AT_MOST} badges at most.`);
    if (known !== undefined) statements(db).take.run({ personId, slot: known.slot });
    takeBadges(db, { personId, slot }, now);
    const until = expiresAt ?? null;
    const { finder, sealed } = card;
    statements(db).give.run({ personId, slot, finder, sealed, source, expiresAt: until });
    if (known?.blocked_at != null)
      statements(db).block.run({ personId, slot, at: known.blocked_at });
    if (known === undefined) noteBadge(db, { personId, sealed, what: "given", until }, now);
    return { kind: "given" };
  });
}

/** Takes the badge of a slot, or all of them, from a person. */
export function takeBadges(
  db: Database,
  taken: { personId: string; slot?: number },
  now: number,
): void {
  transaction(db, () => {
    for (const badge of badgesOf(db, taken.personId)) {
      const { person_id: personId, slot, sealed } = badge;
      if (taken.slot !== undefined && taken.slot !== slot) continue;
      statements(db).take.run({ personId, slot });
      noteBadge(db, { personId, sealed, what: "taken", until: null }, now);
    }
  });
}

/** Blocks a badge from now on, or lets it in again. Repeating it changes nothing. */
export function blockBadge(db: Database, badge: BadgeRow, blocked: boolean, now: number): void {
  if ((badge.blocked_at !== null) === blocked) return;
  const { person_id: personId, slot, sealed } = badge;
  transaction(db, () => {
    statements(db).block.run({ personId, slot, at: blocked ? now : null });
    noteBadge(db, { personId, sealed, what: blocked ? "blocked" : "unblocked", until: null }, now);
  });
}

function expire(db: Database, badge: BadgeRow, until: number | null, now: number): void {
  const { person_id: personId, slot, sealed } = badge;
  statements(db).expire.run({ personId, slot, at: until });
  noteBadge(db, { personId, sealed, what: "until", until }, now);
}

function freeSlot(db: Database, personId: string): number | undefined {
  const used = new Set(badgesOf(db, personId).map(({ slot }) => slot));
  return Array.from({ length: BADGES_AT_MOST }, (_, i) => i + 1).find((slot) => !used.has(slot));
}

function conflict(sentence: string): BadgeGiven {
  return { kind: "conflict", sentence };
}
