import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { jobsOf } from "../jobs/jobs-of.ts";
import { badgeHolder } from "./badges.ts";
import { type CardKeys, cardFinder } from "./card-keys.ts";
import { describePerson } from "./describe-person.ts";
import { findPerson, isDisabled, type PersonRow } from "./person.ts";

/** Who has this card, with what waits to be printed. `now` is the server's wall clock. */
export function identify(
  db: Database,
  asked: { keys: CardKeys; cardNumber: string },
  now: number,
): IdentifyReply {
  const holder = badgeHolder(db, cardFinder(asked.keys, asked.cardNumber));
  const row = holder === undefined ? undefined : findPerson(db, holder);
  return identifyPerson(db, row, now);
}

/** What a terminal is told of a person who was found, or not. */
export function identifyPerson(
  db: Database,
  row: PersonRow | undefined,
  now: number,
): IdentifyReply {
  if (row === undefined) return { kind: "refused", reason: "unknown-card" };
  if (isDisabled(row, now)) return { kind: "refused", reason: "disabled" };
  return { kind: "known", person: describePerson(db, row), jobs: jobsOf(db, row.login) };
}
