import type { JournalFact, Leg } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { openReview } from "../devices/review.ts";
import { findPersonEver } from "../people/person.ts";
import { countPrinted } from "../printers/print-counts.ts";
import { isInShadow, isSiteInShadow, markShadow, postShadow } from "../shadow/shadow-ledger.ts";
import { mayPayFrom } from "../shared-accounts/access.ts";
import { findAccount, systemAccount } from "./accounts.ts";
import { legsKey } from "./legs.ts";
import { type Posting, postTransfer, type TransferKind } from "./post-transfer.ts";
import { courseOf, stateAfter } from "./release-course.ts";
import { endReservation, findReservation, hasReservedOn } from "./reservations.ts";
import { closeUncertain, openUncertain } from "./uncertain.ts";

/** Why a fact moved no money; a person has to look at it. */
export type TroubleReason =
  | "contradicts-its-end"
  | "of-another-release"
  | "unknown-person"
  | "too-much"
  | "number-used-before"
  | "not-its-device";

type Charging = { personId: string; releaseId: string; legs: readonly Leg[] };

export type FactEffect = { did: "applied" | "repeated" } | { did: "trouble"; why: TroubleReason };

/**
 * Gives a journal's fact its effect. Only ever called inside the transaction that also notes its number.
 * A charge on an account that is not the person's goes to the suspense account: the paper is out.
 */
export function applyFact(
  db: Database,
  said: { bridge: string; fact: JournalFact },
  now: number,
): FactEffect {
  const { bridge, fact } = said;
  const { releaseId, personId } = fact;
  const known = findReservation(db, releaseId);
  if (known !== undefined && (known.bridge !== bridge || known.person_id !== personId))
    return trouble("of-another-release");
  const ended = endKey(fact);
  const kind = fact.kind === "uncertain" && fact.why === "restored" ? "forgotten" : fact.kind;
  switch (courseOf(known?.state ?? "none", kind)) {
    case "known-better":
      return { did: "repeated" };
    case "repeat":
      return known?.ended === ended ? { did: "repeated" } : trouble("contradicts-its-end");
    case "contradiction":
      return trouble("contradicts-its-end");
    case "apply":
      break;
  }
  if (findPersonEver(db, personId) === undefined) return trouble("unknown-person");
  // As it was reserved, whatever the site has been told since.
  const inShadow = known === undefined ? isSiteInShadow(db) : isInShadow(db, releaseId);
  if (inShadow) markShadow(db, releaseId);
  if (!charge(db, { fact, inShadow }, now)) return trouble("too-much");
  endReservation(db, { releaseId, bridge, personId, state: stateAfter(fact.kind), ended }, now);
  if (fact.kind === "settle") {
    openReview(db, fact, now);
    countPrinted(db, fact);
  }
  if (fact.kind === "uncertain") openUncertain(db, { bridge, fact }, now);
  if (fact.kind === "decided") closeUncertain(db, releaseId, now);
  return { did: "applied" };
}

function charge(
  db: Database,
  charged: { fact: JournalFact; inShadow: boolean },
  now: number,
): boolean {
  const { fact, inShadow } = charged;
  if (fact.kind !== "settle" && fact.kind !== "decided") return true;
  const kind: TransferKind = fact.kind === "settle" ? "settlement" : "decision";
  const { releaseId } = fact;
  const postings = postingsOf(db, fact);
  if (postings === undefined) return false;
  const id = `${kind}:${releaseId}`;
  if (inShadow) {
    postShadow(db, { id, kind, releaseId, postings }, now);
    return true;
  }
  const posted = postTransfer(db, { id, kind, comment: "", releaseId, postings }, now);
  if (posted === "conflict" || posted === "known")
    throw new Error(`The release ${releaseId} was posted before without having ended.`);
  return posted === "posted";
}

/** From the person's accounts to the site's revenue; undefined where a sum is too large to hold. */
function postingsOf(db: Database, fact: Charging): Posting[] | undefined {
  const sums = new Map<string, number>();
  const add = (account: string, amount: number): void => {
    sums.set(account, (sums.get(account) ?? 0) + amount);
  };
  for (const leg of fact.legs) {
    add(payerOf(db, leg, fact), -leg.amount);
    add(systemAccount("revenue", leg.unit), leg.amount);
  }
  const postings = [...sums].map(([account, amount]) => ({ account, amount }));
  return postings.every(({ amount }) => Number.isSafeInteger(amount)) ? postings : undefined;
}

/** A shared account pays what was set aside on it, whoever may pay from it by now. */
function payerOf(db: Database, leg: Leg, { personId, releaseId }: Charging): string {
  const found = findAccount(db, leg.account);
  if (found === undefined || found.unit !== leg.unit) return systemAccount("suspense", leg.unit);
  const { account, shared_id: sharedId } = found;
  const pays =
    sharedId === null
      ? found.person_id === personId
      : hasReservedOn(db, { releaseId, account }) || mayPayFrom(db, { sharedId, personId });
  return pays ? account : systemAccount("suspense", leg.unit);
}

/** What a later repetition of the same fact must say again. */
function endKey(fact: JournalFact): string {
  switch (fact.kind) {
    case "settle":
      return `settle ${fact.impressions}/${fact.wanted} ${legsKey(fact.legs)}`;
    case "void":
      return "void";
    case "uncertain":
      return `uncertain ${fact.atLeast}/${fact.wanted} ${legsKey(fact.legs)}`;
    case "decided":
      return `decided ${fact.decision} ${legsKey(fact.legs)}`;
  }
}

function trouble(why: TroubleReason): FactEffect {
  return { did: "trouble", why };
}
