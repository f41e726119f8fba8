import { withSettings } from "../../pricing/with-settings.ts";
import type { ClaimReply } from "../../protocol/bridge-provider.ts";
import { backoffMs } from "./backoff.ts";
import { reckonClaim } from "./charge.ts";
import { baselineOf } from "./device-at-rest.ts";
import { closeUnprinted, endUnpaid, giveBack } from "./end-release.ts";
import { tries as most } from "./limits.ts";
import { ready } from "./make-device-job.ts";
import { mayPrepare, prepare, reasonOfReserve } from "./prepare-device-job.ts";
import type { Baseline, NotPrinted, Phase, PhaseOf, Release } from "./release.ts";
import { type ReleaseDecision, type ReleaseEffect, unchanged } from "./release-effect.ts";
import type { ReleaseContext, ReleaseEvent } from "./release-event.ts";
import { askClaim, askReserve } from "./requests.ts";

/** Steps 1 to 3 of the road: nothing was asked of the device but how it is. */

export function decideWaiting(release: Release, event: ReleaseEvent): ReleaseDecision {
  switch (event.kind) {
    case "cancel-wanted":
      return closeUnprinted({ ...release, cancelWanted: true }, "cancelled");
    case "start":
      if (event.late) return closeUnprinted(release, "stopped");
      return go(release, { kind: "claiming", tries: 0 }, [askClaim(release, 0), look(release)]);
    default:
      return unchanged(release);
  }
}

export function decideClaiming(
  release: Release,
  phase: PhaseOf<"claiming">,
  event: ReleaseEvent,
  context: ReleaseContext,
): ReleaseDecision {
  switch (event.kind) {
    case "cancel-wanted":
      return { ...unchanged(release), release: { ...release, cancelWanted: true } };
    case "device-seen":
      return go(release, { ...phase, baseline: baselineOf(event.device) }, []);
    case "claim-answered":
      return claimed(release, phase, event.reply, context);
    case "claim-unanswered": {
      const tries = phase.tries + 1;
      if (tries >= most.claim || release.cancelWanted)
        return withdraw(release, release.cancelWanted ? "cancelled" : "document-unreachable", {
          tries,
          jitter: context.jitter,
        });
      // Looked at again with the next try: what the device was by then is too old.
      return go(release, { kind: "claiming", tries }, [
        askClaim(release, backoffMs({ tries, jitter: context.jitter })),
      ]);
    }
    case "started-again":
      if (event.late) return withdraw(release, "stopped", { tries: 0, jitter: 0 });
      return go(release, { kind: "claiming", tries: 0 }, [askClaim(release, 0)]);
    default:
      return unchanged(release);
  }
}

export function decideWithdrawing(
  release: Release,
  phase: PhaseOf<"withdrawing">,
  event: ReleaseEvent,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  switch (event.kind) {
    case "claim-answered":
      return event.reply.kind === "claimed"
        ? giveBack(release, event.reply.fence, phase.reason)
        : closeUnprinted(release, phase.reason);
    case "claim-unanswered": {
      const tries = phase.tries + 1;
      const again = askClaim(release, backoffMs({ tries, jitter }));
      return go(release, { ...phase, tries }, [again]);
    }
    case "started-again":
      return go(release, phase, [askClaim(release, 0)]);
    default:
      return unchanged(release);
  }
}

export function decideReserving(
  release: Release,
  phase: PhaseOf<"reserving">,
  event: ReleaseEvent,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  const { claim } = phase;
  switch (event.kind) {
    case "cancel-wanted":
      return { ...unchanged(release), release: { ...release, cancelWanted: true } };
    case "device-seen":
      return deviceSeen(release, phase, baselineOf(event.device));
    case "reserve-answered":
      if (event.reply.kind === "refused")
        return endUnpaid(release, claim, reasonOfReserve(event.reply.reason));
      if (release.cancelWanted) return endUnpaid(release, claim, "cancelled");
      return ready(release, claim, phase.baseline);
    case "reserve-unanswered": {
      const tries = phase.tries + 1;
      if (release.cancelWanted) return endUnpaid(release, claim, "cancelled");
      if (tries >= most.reserve) return endUnpaid(release, claim, "server-unreachable");
      return go(release, { kind: "reserving", tries, claim }, [
        askReserve(release, claim, backoffMs({ tries, jitter })),
      ]);
    }
    case "started-again":
      if (event.late) return endUnpaid(release, claim, "stopped");
      return go(release, { kind: "reserving", tries: 0, claim }, [askReserve(release, claim, 0)]);
    default:
      return unchanged(release);
  }
}

function claimed(
  release: Release,
  phase: PhaseOf<"claiming">,
  reply: ClaimReply,
  { prices }: ReleaseContext,
): ReleaseDecision {
  if (reply.kind === "refused") return closeUnprinted(release, reasonOfClaim(reply.reason));
  const { fence } = reply;
  const particulars = withSettings(reply.particulars, release.settings);
  if (release.cancelWanted) return giveBack(release, fence, "cancelled");
  const claim = reckonClaim({ fence, particulars, accounts: release.accounts, prices });
  if (claim === undefined) return giveBack(release, fence, "not-enough-credit");
  const { baseline } = phase;
  const asked = askReserve(release, claim, 0);
  if (mayPrepare(release, claim, baseline))
    return prepare(release, { tries: 0, claim, baseline }, [asked]);
  return go(
    release,
    { kind: "reserving", tries: 0, claim, ...(baseline === undefined ? {} : { baseline }) },
    [asked],
  );
}

/** The look came back behind the claim. While the server is silent the device is left alone. */
function deviceSeen(
  release: Release,
  { claim, tries }: PhaseOf<"reserving">,
  baseline: Baseline,
): ReleaseDecision {
  if (tries === 0 && mayPrepare(release, claim, baseline))
    return prepare(release, { tries, claim, baseline }, []);
  return go(release, { kind: "reserving", tries, claim, baseline }, []);
}

/**
 * A claim that nobody answered may stand all the same. It is asked for on and on, in the background,
 * only to be given back: else the job would be lost to its owner.
 */
function withdraw(
  release: Release,
  reason: NotPrinted,
  wait: { readonly tries: number; readonly jitter: number },
): ReleaseDecision {
  return go(release, { kind: "withdrawing", tries: wait.tries, reason }, [
    askClaim(release, backoffMs(wait)),
  ]);
}

function reasonOfClaim(reason: Extract<ClaimReply, { kind: "refused" }>["reason"]): NotPrinted {
  switch (reason) {
    case "claimed-by-another":
    case "already-printed":
      return "printed-elsewhere";
    case "uncertain":
      return "waiting-for-decision";
    case "not-ready":
    case "stale":
      return "stopped";
    case "not-yours":
    case "wrong-device":
    case "gone":
      return "gone";
  }
}

/** Asked beside the claim, so that a press costs no round trip more for it. */
function look(release: Release): ReleaseEffect {
  return { kind: "lookAtDevice", device: release.device, afterMs: 0 };
}

function go(release: Release, phase: Phase, effects: readonly ReleaseEffect[]): ReleaseDecision {
  return { release: { ...release, phase }, facts: [], effects };
}
