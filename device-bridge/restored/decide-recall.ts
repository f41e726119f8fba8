import type { KnownReservation, MyClaims } from "../../protocol/after-restore.ts";
import type { JournalFact, Leg } from "../../protocol/bridge-server.ts";
import type { PriceRule } from "../../protocol/site.ts";
import { reckonClaim } from "../release/charge.ts";
import { endByVerdict } from "../release/end-release.ts";
import type { Finish, Payer, Release } from "../release/release.ts";

export type ForgottenClaim = MyClaims["claims"][number] & { readonly provider: string };

/** What is done about a release that this journal forgot. */
export type Recalled =
  /** Nobody can know what came out: it is kept for a person to decide. */
  | {
      readonly kind: "uncertain";
      readonly release: Release;
      readonly facts: readonly JournalFact[];
    }
  /** The server had heard its end: only the claim is ended. */
  | { readonly kind: "finish"; readonly claim: ForgottenClaim; readonly finish: Finish }
  /** No account of the person can be told: left for the help desk. */
  | { readonly kind: "left" };

/**
 * Decides about a claim whose release the journal forgot. What the server heard of its end counts; else
 * it is uncertain: it may have been sent after the copy of the journal was made. `accounts` and `rule`
 * give the price where the server has no reservation of it (any more).
 */
export function decideRecall(forgotten: {
  readonly claim: ForgottenClaim;
  readonly reservation: KnownReservation | undefined;
  readonly person: { readonly personId: string; readonly accounts: readonly Payer[] } | undefined;
  readonly prices: { readonly version: number; readonly rule: PriceRule };
  readonly atLeast: number;
  readonly now: number;
}): Recalled {
  const { claim, reservation, person, prices, atLeast, now } = forgotten;
  const ended = reservation === undefined ? undefined : finishOf(reservation);
  if (ended !== undefined) return { kind: "finish", claim, finish: ended };
  const { personId, accounts } = payerOf(reservation, person);
  const reckoned = reckonClaim({
    fence: claim.fence,
    particulars: claim.particulars,
    accounts,
    prices,
  });
  if (personId === undefined || reckoned === undefined) return { kind: "left" };
  const { releaseId, jobId, provider, device, owner } = claim;
  const legs: readonly Leg[] = reservation?.legs.length ? reservation.legs : reckoned.legs;
  const release: Release = {
    version: 1,
    releaseId,
    jobId,
    provider,
    device,
    owner,
    personId,
    accounts,
    askedAt: now,
    cancelWanted: false,
    phase: { kind: "waiting" },
  };
  const ending = endByVerdict({
    release,
    claim: { ...reckoned, legs },
    verdict: { kind: "uncertain", atLeast: Math.min(atLeast, reckoned.wanted), why: "restored" },
    reason: "stopped",
    problem: undefined,
  });
  return { kind: "uncertain", release: ending.release, facts: ending.facts };
}

function payerOf(
  reservation: KnownReservation | undefined,
  person: { readonly personId: string; readonly accounts: readonly Payer[] } | undefined,
): { readonly personId: string | undefined; readonly accounts: readonly Payer[] } {
  if (reservation === undefined || reservation.legs.length === 0)
    return {
      personId: person?.personId ?? reservation?.personId,
      accounts: person?.accounts ?? [],
    };
  const accounts = reservation.legs.map(({ account, unit, amount }) => ({
    account,
    unit,
    available: amount,
  }));
  return { personId: reservation.personId, accounts };
}

/** How the claim ends where the server knows how the release ended. */
function finishOf({ state, impressions, wanted }: KnownReservation): Finish | undefined {
  switch (state) {
    case "settled":
      if (impressions === undefined || wanted === undefined) return { outcome: "uncertain" };
      return impressions >= wanted
        ? { outcome: "printed" }
        : { outcome: "given-back", partlyPrinted: { printed: impressions, wanted } };
    case "voided":
    case "refused":
      return { outcome: "given-back" };
    case "pending":
    case "uncertain":
    case "decided":
      return undefined;
  }
}
