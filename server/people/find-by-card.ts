import type { DirectoryAnswer } from "../directory/directory.ts";
import { type BadgeRow, findBadge, giveBadge, takeBadges } from "./badges.ts";
import { cardFinder, sealCard } from "./card-keys.ts";
import { takeFromDirectory } from "./from-directory.ts";
import { findPerson, isDisabled, type PersonRow } from "./person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

export type CardAnswer =
  | { kind: "found"; row: PersonRow }
  | {
      kind: "refused";
      reason:
        | "unknown-card"
        | "disabled"
        | "not-allowed"
        | "badge-blocked"
        | "badge-expired"
        | "directory-unreachable";
    };

/** A directory's word about a person holds so long without being asked for again. */
const FRESH_MS = 60_000;

/**
 * Whose card it is. A card that is not known here is looked for in the directory, and kept; one that
 * came from there is asked for again after a minute, so that who has left, or has another card, is
 * noticed. While the directory is away the people already known go on, for its `offlineMs`.
 */
export async function findByCard(parts: SignInParts, cardNumber: string): Promise<CardAnswer> {
  const { db, cards, now, directory } = parts;
  const badge = findBadge(db, cardFinder(cards, cardNumber));
  if (badge === undefined) return await askDirectory(parts, cardNumber);
  if (badge.blocked_at !== null) return { kind: "refused", reason: "badge-blocked" };
  if (badge.expires_at !== null && badge.expires_at <= now())
    return { kind: "refused", reason: "badge-expired" };
  const row = findPerson(db, badge.person_id);
  if (row === undefined) return { kind: "refused", reason: "unknown-card" };
  if (isDisabled(row, now())) return { kind: "refused", reason: "disabled" };
  const { directory_id: id, directory_at: at } = row;
  if (directory === undefined || id === null) return { kind: "found", row };
  const age = now() - (at ?? 0);
  if (age >= 0 && age < FRESH_MS) return { kind: "found", row };
  const answer = await directory.byId(id);
  if (answer.kind !== "away") return heardAgain(parts, { answer, badge, row, cardNumber });
  return age <= directory.offlineMs
    ? { kind: "found", row }
    : { kind: "refused", reason: "directory-unreachable" };
}

async function askDirectory(parts: SignInParts, cardNumber: string): Promise<CardAnswer> {
  const { db, cards, now, directory, log } = parts;
  const answer = await directory?.byCard(cardNumber);
  switch (answer?.kind) {
    case undefined:
    case "nobody":
      return { kind: "refused", reason: "unknown-card" };
    case "ambiguous":
      log.warn({ event: "directory-ambiguous" }, "Several people of the directory have one card.");
      return { kind: "refused", reason: "unknown-card" };
    case "away":
      return { kind: "refused", reason: "directory-unreachable" };
    case "found": {
      const taken = takeFromDirectory(parts, answer.person);
      if (taken.kind === "refused") return taken;
      const { person_id: personId } = taken.row;
      const card = sealCard(cards, { personId, cardNumber });
      const given = giveBadge(db, { personId, card, source: "directory" }, now());
      if (given.kind === "conflict")
        log.warn({ event: "directory-badge-not-kept", personId }, given.sentence);
      return isDisabled(taken.row, now())
        ? { kind: "refused", reason: "disabled" }
        : { kind: "found", row: taken.row };
    }
  }
}

function heardAgain(
  parts: SignInParts,
  heard: { answer: DirectoryAnswer; badge: BadgeRow; row: PersonRow; cardNumber: string },
): CardAnswer {
  const { db, now } = parts;
  const { answer, badge, row, cardNumber } = heard;
  if (answer.kind !== "found") return { kind: "refused", reason: "disabled" };
  const { person } = answer;
  const taken = takeFromDirectory(parts, person);
  // A badge that was given by hand, or linked, is not the directory's to take away.
  if (badge.source === "directory" && !person.cards.includes(cardNumber)) {
    takeBadges(db, { personId: row.person_id, slot: badge.slot }, now());
    return { kind: "refused", reason: "unknown-card" };
  }
  return taken.kind === "refused" ? taken : { kind: "found", row: taken.row };
}
