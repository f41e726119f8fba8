import type { Leg, ReserveReply, ReserveRequest } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { findPerson, isDisabled } from "../people/person.ts";
import { currentPriceVersion } from "../site/read-site.ts";
import { availableOn, findAccount } from "./accounts.ts";
import { legsKey, mergedLegs } from "./legs.ts";
import { findReservation, openReservation, type Reservation } from "./reservations.ts";

export type ReserveCommand = { bridge: string; request: ReserveRequest };

/** `conflict`: the id is used for something else, or a leg names an account that is not the person's. */
export type ReserveResult = ReserveReply | { kind: "conflict"; sentence: string };

/**
 * Sets money aside for a release: all legs or none. The same request gives the same answer, also after
 * the balance changed; once the release's end was journalled it is refused `ended`. A request with old
 * prices is refused without being kept, since prices never go back to an old version.
 */
export function reserve(db: Database, command: ReserveCommand, now: number): ReserveResult {
  return transaction(db, (): ReserveResult => {
    const { bridge, request } = command;
    const known = findReservation(db, request.releaseId);
    if (known !== undefined) return answerAgain(known, command);
    if (request.priceVersion !== currentPriceVersion(db)) return refusal("prices-changed");
    const person = findPerson(db, request.personId);
    const keep = (
      outcome: { kind: "pending"; legs: Leg[] } | { kind: "refused"; reason: string },
    ): void =>
      openReservation(
        db,
        {
          releaseId: request.releaseId,
          bridge,
          personId: request.personId,
          asked: legsKey(request.legs),
          outcome,
        },
        now,
      );
    if (person === undefined || isDisabled(person, now)) {
      keep({ kind: "refused", reason: "disabled" });
      return refusal("disabled");
    }
    const legs = mergedLegs(request.legs);
    if (legs === undefined) return conflict("The legs come to more than any account can hold.");
    if (!legs.every((leg) => isPaidBy(db, leg, request.personId)))
      return conflict("A leg names an account that this person cannot pay from in that unit.");
    if (legs.some((leg) => !pays(db, leg, person.restricted === 1))) {
      keep({ kind: "refused", reason: "not-enough-credit" });
      return refusal("not-enough-credit");
    }
    keep({ kind: "pending", legs });
    return { kind: "reserved" };
  });
}

function answerAgain(known: Reservation, { bridge, request }: ReserveCommand): ReserveResult {
  if (known.state !== "pending" && known.state !== "refused") return refusal("ended");
  const same =
    known.bridge === bridge &&
    known.person_id === request.personId &&
    known.asked === legsKey(request.legs);
  if (!same)
    return conflict("Another reservation was made under this release id. Use a new one for each.");
  return known.reason === null ? { kind: "reserved" } : refusal(known.reason);
}

function isPaidBy(db: Database, leg: Leg, personId: string): boolean {
  const account = findAccount(db, leg.account);
  return account?.person_id === personId && account.unit === leg.unit;
}

/** A restricted person pays with what is available; anybody pays nothing, and only what can be held. */
function pays(db: Database, leg: Leg, restricted: boolean): boolean {
  const account = findAccount(db, leg.account);
  if (account === undefined) throw new Error(`The account ${leg.account} went away.`);
  if (leg.amount === 0) return true;
  if (!Number.isSafeInteger(account.reserved + leg.amount)) return false;
  return !restricted || leg.amount <= availableOn(account);
}

function refusal(reason: Extract<ReserveReply, { kind: "refused" }>["reason"]): ReserveResult {
  return { kind: "refused", reason };
}

function conflict(sentence: string): ReserveResult {
  return { kind: "conflict", sentence };
}
