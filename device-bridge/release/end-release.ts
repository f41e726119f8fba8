import type { CannotDo } from "../../protocol/handling.ts";
import type { DeviceProblem, Outcome } from "../../protocol/kiosk.ts";
import { chargeFor, reservedOf } from "./charge.ts";
import type { Claim, Finish, NotPrinted, Release, Verdict } from "./release.ts";
import type { ReleaseDecision } from "./release-effect.ts";
import { askFinish } from "./requests.ts";

/** A reason, or what of the job the device cannot do. */
export type WhyNotPrinted = NotPrinted | { readonly cannot: readonly CannotDo[] };

export function cannotDo(cannot: readonly CannotDo[]): WhyNotPrinted {
  return { cannot };
}

function notPrinted(why: WhyNotPrinted): Outcome {
  return typeof why === "string"
    ? { kind: "not-printed", reason: why }
    : { kind: "not-printed", reason: "device-cannot", cannot: [...why.cannot] };
}

/** Ends a release of which the provider holds nothing for us any more. */
export function close(release: Release, outcome: Outcome): ReleaseDecision {
  return {
    release: { ...release, phase: { kind: "closed", outcome } },
    facts: [],
    effects: [{ kind: "closed" }],
  };
}

/** Ends a release before it was claimed, or because the claim was refused. */
export function closeUnprinted(release: Release, reason: NotPrinted): ReleaseDecision {
  return close(release, { kind: "not-printed", reason });
}

/** Gives a claim back that was never paid for: no money was asked for, so none is told about. */
export function giveBack(release: Release, fence: number, why: WhyNotPrinted): ReleaseDecision {
  return finish({
    release,
    fence,
    outcome: notPrinted(why),
    finish: { outcome: "given-back" },
  });
}

/**
 * Gives the claim and the money back. Told to the server even where the reservation was refused or
 * never answered: a copy of the request that is still on its way must find the release ended.
 */
export function endUnpaid(release: Release, claim: Claim, why: WhyNotPrinted): ReleaseDecision {
  const { releaseId, personId } = release;
  const ended = giveBack(release, claim.fence, why);
  return { ...ended, facts: [{ kind: "void", releaseId, personId }] };
}

export interface Judged {
  readonly release: Release;
  readonly claim: Claim;
  readonly verdict: Verdict;
  /** Why nothing came out, if that is the verdict. */
  readonly reason: NotPrinted;
  /** What stopped the device half-way, if something did. */
  readonly problem: DeviceProblem | undefined;
}

/** Ends a release by what came out of it: charged once, for exactly that, or for nobody to know. */
export function endByVerdict(judged: Judged): ReleaseDecision {
  const { release, claim, verdict, reason } = judged;
  if (verdict.kind === "uncertain") return endUncertain(release, claim, verdict);
  if (verdict.impressions === 0) return endUnpaid(release, claim, reason);
  return settle(judged, verdict);
}

function settle(
  { release, claim, problem }: Judged,
  verdict: Extract<Verdict, { kind: "came-out" }>,
): ReleaseDecision {
  const { releaseId, personId, device, jobId } = release;
  const { wanted } = claim;
  const { impressions, evidence, split, review } = verdict;
  const { charged, legs } = chargeFor(claim, impressions, split);
  // Where one counter says that all of it lies in the tray it is not offered once more, whichever of
  // them was charged: a person looks at it first.
  const most = Math.max(impressions, review?.job ?? 0, review?.counter ?? 0);
  const whole = most >= wanted;
  const outcome: Outcome = whole
    ? { kind: "printed", impressions, charged }
    : {
        kind: "partly-printed",
        impressions,
        wanted,
        charged,
        givenBack: reservedOf(claim) - charged,
        ...(problem === undefined ? {} : { problem }),
      };
  const ended = finish({
    release,
    fence: claim.fence,
    outcome,
    finish: whole
      ? { outcome: "printed" }
      : { outcome: "given-back", partlyPrinted: { printed: impressions, wanted } },
  });
  return {
    ...ended,
    facts: [
      {
        kind: "settle",
        releaseId,
        personId,
        legs,
        impressions,
        wanted,
        evidence,
        device,
        jobId,
        ...(review === undefined ? {} : { review }),
      },
    ],
  };
}

function endUncertain(
  release: Release,
  claim: Claim,
  verdict: Extract<Verdict, { kind: "uncertain" }>,
): ReleaseDecision {
  const { releaseId, personId, device, jobId } = release;
  const { wanted, legs } = claim;
  const { atLeast, why } = verdict;
  const ended = finish({
    release,
    fence: claim.fence,
    outcome: { kind: "uncertain" },
    finish: {
      outcome: "uncertain",
      ...(atLeast > 0 ? { partlyPrinted: { printed: atLeast, wanted } } : {}),
    },
    undecided: claim,
  });
  return {
    ...ended,
    facts: [
      {
        kind: "uncertain",
        releaseId,
        personId,
        jobId,
        device,
        legs: [...legs],
        atLeast,
        wanted,
        why,
      },
    ],
  };
}

function finish(ending: {
  readonly release: Release;
  readonly fence: number;
  readonly outcome: Outcome;
  readonly finish: Finish;
  readonly undecided?: Claim;
}): ReleaseDecision {
  const { release, fence, outcome, finish, undecided } = ending;
  return {
    release: {
      ...release,
      phase: {
        kind: "finishing",
        tries: 0,
        fence,
        outcome,
        finish,
        ...(undecided === undefined ? {} : { undecided }),
      },
    },
    facts: [],
    effects: [askFinish(release, { fence, finish }, 0)],
  };
}
