import type { Outcome } from "../../protocol/kiosk.ts";
import { backoffMs } from "./backoff.ts";
import { chargeFor, reservedOf } from "./charge.ts";
import { close } from "./end-release.ts";
import type { Claim, Decided, Finish, PhaseOf, Release } from "./release.ts";
import { type ReleaseDecision, unchanged } from "./release-effect.ts";
import type { ReleaseContext, ReleaseEvent } from "./release-event.ts";
import { askFinish } from "./requests.ts";

/** The end is journalled: the provider is told until it answers, however long that takes. */
export function decideFinishing(
  release: Release,
  phase: PhaseOf<"finishing">,
  event: ReleaseEvent,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  switch (event.kind) {
    case "finish-answered":
      return answered(release, phase);
    case "finish-unanswered": {
      const tries = phase.tries + 1;
      return {
        release: { ...release, phase: { ...phase, tries } },
        facts: [],
        effects: [askFinish(release, phase, backoffMs({ tries, jitter }))],
      };
    }
    case "started-again":
      return { release, facts: [], effects: [askFinish(release, phase, 0)] };
    case "decided": {
      if (phase.undecided === undefined) return unchanged(release);
      const { decision, impressions } = event;
      const decided: Decided = { decision, impressions };
      return {
        release: { ...release, phase: { ...phase, decided } },
        facts: [],
        effects: [],
      };
    }
    default:
      return unchanged(release);
  }
}

/** Nobody could know what came out: it stays so until a person says it. */
export function decideUndecided(
  release: Release,
  phase: PhaseOf<"undecided">,
  event: ReleaseEvent,
): ReleaseDecision {
  return event.kind === "decided" ? carryOut(release, phase.claim, event) : unchanged(release);
}

function answered(release: Release, phase: PhaseOf<"finishing">): ReleaseDecision {
  const { outcome, undecided, decided } = phase;
  if (undecided === undefined) return close(release, outcome);
  if (decided !== undefined) return carryOut(release, undecided, decided);
  return {
    release: { ...release, phase: { kind: "undecided", claim: undecided, outcome } },
    facts: [],
    effects: [],
  };
}

/** Charges what the person decided, once, and ends the claim accordingly. */
function carryOut(release: Release, claim: Claim, decided: Decided): ReleaseDecision {
  const { fence } = claim;
  const { releaseId, personId } = release;
  const { decision } = decided;
  const printed = decision === "printed";
  const impressions = printed ? Math.min(decided.impressions ?? claim.wanted, claim.wanted) : 0;
  const { charged, legs } = chargeFor(claim, impressions);
  const finish: Finish = { outcome: printed ? "printed" : "given-back" };
  const outcome: Outcome = !printed
    ? { kind: "not-printed", reason: "stopped" }
    : impressions >= claim.wanted
      ? { kind: "printed", impressions, charged }
      : {
          kind: "partly-printed",
          impressions,
          wanted: claim.wanted,
          charged,
          givenBack: reservedOf(claim) - charged,
        };
  return {
    release: { ...release, phase: { kind: "finishing", tries: 0, fence, outcome, finish } },
    facts: [{ kind: "decided", releaseId, personId, decision, legs: impressions > 0 ? legs : [] }],
    effects: [askFinish(release, { fence, finish }, 0)],
  };
}
