import type { Leg, ReserveReply, ReserveRequest } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { findPerson, isDisabled, type PersonRow } from "../people/person.ts";
import { whyDeviceIsClosed } from "../printers/device-switch.ts";
import { isSiteInShadow, markShadow } from "../shadow/shadow-ledger.ts";
import { mayPayFrom } from "../shared-accounts/access.ts";
import { isSharedDisabled, sharedAccountById } from "../shared-accounts/shared-account.ts";
import { currentPriceVersion } from "../site/read-site.ts";
import { type Account, availableOn, findAccount } from "./accounts.ts";
import { legsKey, mergedLegs } from "./legs.ts";
import { findReservation, openReservation, type Reservation } from "./reservations.ts";

type RefusedReason = Extract<ReserveReply, { kind: "refused" }>["reason"];
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
    const refuse = (reason: RefusedReason): ReserveResult => {
      keep({ kind: "refused", reason });
      return refusal(reason);
    };
    if (person === undefined || isDisabled(person, now)) return refuse("disabled");
    const closed = whyDeviceIsClosed(db, request, now);
    if (closed !== undefined) return refuse(closed);
    const legs = mergedLegs(request.legs);
    if (legs === undefined) return conflict("The legs come to more than any account can hold.");
    if (!legs.every((leg) => isPayableBy(db, leg, request.personId)))
      return conflict("A leg names an account that this person cannot pay from in that unit.");
    const payers = legs.map((leg) => payerOf(db, { leg, person, now }));
    if (payers.includes("closed")) return refuse("account-closed");
    if (isSiteInShadow(db)) {
      // Nothing is set aside: what it would have come to is noted at its end.
      markShadow(db, request.releaseId);
      keep({ kind: "pending", legs: [] });
      return { kind: "reserved" };
    }
    if (payers.includes("short")) return refuse("not-enough-credit");
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

/** The person's own account, or a shared one: whether it is open to this person is another question. */
function isPayableBy(db: Database, leg: Leg, personId: string): boolean {
  const account = findAccount(db, leg.account);
  if (account === undefined || account.unit !== leg.unit) return false;
  return account.person_id === personId || account.kind === "shared";
}

/** `closed`: disabled, deleted, or not this person's to pay from any more. `short`: not enough on it. */
function payerOf(
  db: Database,
  asked: { leg: Leg; person: PersonRow; now: number },
): "pays" | "closed" | "short" {
  const { leg, person, now } = asked;
  const account = findAccount(db, leg.account);
  if (account === undefined) throw new Error(`The account ${leg.account} went away.`);
  let restricted = person.restricted === 1;
  if (account.shared_id !== null) {
    const shared = sharedAccountById(db, account.shared_id);
    const { person_id: personId } = person;
    if (shared === undefined || isSharedDisabled(shared, now)) return "closed";
    if (!mayPayFrom(db, { sharedId: shared.shared_id, personId })) return "closed";
    restricted = shared.restricted === 1;
  }
  return pays(account, { amount: leg.amount, restricted }) ? "pays" : "short";
}

/** A restricted account pays with what is available; any pays nothing, and only what can be held. */
function pays(account: Account, asked: { amount: number; restricted: boolean }): boolean {
  const { amount, restricted } = asked;
  if (amount === 0) return true;
  if (!Number.isSafeInteger(account.reserved + amount)) return false;
  return !restricted || amount <= availableOn(account);
}

function refusal(reason: RefusedReason): ReserveResult {
  return { kind: "refused", reason };
}

function conflict(sentence: string): ReserveResult {
  return { kind: "conflict", sentence };
}
