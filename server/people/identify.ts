import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { jobsOf } from "../jobs/jobs-of.ts";
import { findBadge } from "./badges.ts";
import { type CardKeys, cardFinder } from "./card-keys.ts";
import { describePerson } from "./describe-person.ts";
import { findPerson, isDisabled, type PersonRow } from "./person.ts";

/** What a terminal is told of a person who was found, or not. */
export function identifyPerson(
  db: Database,
  row: PersonRow | undefined,
  now: number,
): IdentifyReply {
  if (row === undefined) return { kind: "refused", reason: "unknown-card" };
  if (isDisabled(row, now)) return { kind: "refused", reason: "disabled" };
  return { kind: "known", person: describePerson(db, row, now), jobs: jobsOf(db, row.login) };
}

/**
 * The person of an open session once more. A session that a badge opened ends when the badge was
 * blocked, has expired, or is another's by now.
 */
export function identifyAgain(
  db: Database,
  asked: { keys: CardKeys; personId: string; cardNumber?: string },
  now: number,
): IdentifyReply {
  const { keys, personId, cardNumber } = asked;
  const row = findPerson(db, personId);
  if (cardNumber === undefined) return identifyPerson(db, row, now);
  const badge = findBadge(db, cardFinder(keys, cardNumber));
  if (badge?.person_id !== personId) return { kind: "refused", reason: "unknown-card" };
  if (badge.blocked_at !== null) return { kind: "refused", reason: "badge-blocked" };
  if (badge.expires_at !== null && badge.expires_at <= now)
    return { kind: "refused", reason: "badge-expired" };
  return identifyPerson(db, row, now);
}
