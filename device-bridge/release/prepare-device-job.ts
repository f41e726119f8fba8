import type { ReserveReply } from "../../protocol/bridge-server.ts";
import { backoffMs } from "./backoff.ts";
import { tries as most } from "./limits.ts";
import { askCreate, cancelOf, clear, decideCreating } from "./make-device-job.ts";
import type { Baseline, Claim, NotPrinted, PhaseOf, Release } from "./release.ts";
import { type ReleaseDecision, type ReleaseEffect, unchanged } from "./release-effect.ts";
import type { ReleaseContext, ReleaseEvent } from "./release-event.ts";
import { askReserve } from "./requests.ts";

/**
 * Steps 3 and 4 side by side: whoever pressed waits for the longer of two answers, not for both. A job
 * without a document never prints, so that a refused reservation leaves nothing but a cancelled job.
 */

/**
 * Whether the device's job may be made before the money is known to be there: only where the accounts
 * cover it as far as they were told, and at a device that has nothing else to do.
 */
export function mayPrepare(
  release: Release,
  claim: Claim,
  baseline: Baseline | undefined,
): baseline is Baseline {
  if (baseline?.atRest !== true || release.cancelWanted) return false;
  const available = new Map(release.accounts.map((payer) => [payer.account, payer.available]));
  return claim.legs.every(({ account, amount }) => amount <= (available.get(account) ?? 0));
}

export function prepare(
  release: Release,
  prepared: Omit<PhaseOf<"preparing">, "kind">,
  effects: readonly ReleaseEffect[],
): ReleaseDecision {
  return go(release, { kind: "preparing", ...prepared }, [
    ...effects,
    askCreate(release, prepared.claim, 0),
  ]);
}

export function decidePreparing(
  release: Release,
  phase: PhaseOf<"preparing">,
  event: ReleaseEvent,
  context: ReleaseContext,
): ReleaseDecision {
  const { claim, baseline } = phase;
  switch (event.kind) {
    case "cancel-wanted":
      return { ...unchanged(release), release: { ...release, cancelWanted: true } };
    case "job-created":
    case "create-refused":
    case "create-unanswered":
      if (phase.created !== undefined) return unchanged(release);
      return go(release, { ...phase, created: event }, []);
    case "reserve-answered":
      if (event.reply.kind === "refused")
        return join(release, phase, context, reasonOfReserve(event.reply.reason));
      return join(release, phase, context);
    case "reserve-unanswered": {
      const tries = phase.tries + 1;
      if (release.cancelWanted) return join(release, phase, context);
      if (tries >= most.reserve) return join(release, phase, context, "server-unreachable");
      return askAgain(release, { ...phase, tries }, context);
    }
    case "started-again":
      return clear(release, { claim, baseline, createTries: 0, next: "stopped" }, context.jitter);
    default:
      return unchanged(release);
  }
}

/** The server has spoken: from here on it is as if only the device had been asked. */
function join(
  release: Release,
  { claim, baseline, created }: PhaseOf<"preparing">,
  context: ReleaseContext,
  giveUp?: NotPrinted,
): ReleaseDecision {
  const phase: PhaseOf<"creating"> = {
    kind: "creating",
    tries: 0,
    claim,
    baseline,
    ...(giveUp === undefined ? {} : { giveUp }),
  };
  const joined = { ...release, phase };
  if (created === undefined) return { release: joined, facts: [], effects: [] };
  return decideCreating(joined, phase, created, context);
}

/** While the server is silent no empty job is left standing at the device. */
function askAgain(
  release: Release,
  phase: PhaseOf<"preparing">,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  const { tries, claim, created } = phase;
  const again = askReserve(release, claim, backoffMs({ tries, jitter }));
  if (created?.kind !== "job-created" || created.job.id === undefined)
    return go(release, phase, [again]);
  return go(release, { kind: "reserving", tries, claim }, [
    cancelOf(release, created.job.id),
    again,
  ]);
}

function go(
  release: Release,
  phase: Release["phase"],
  effects: readonly ReleaseEffect[],
): ReleaseDecision {
  return { release: { ...release, phase }, facts: [], effects };
}

export function reasonOfReserve(
  reason: Extract<ReserveReply, { kind: "refused" }>["reason"],
): NotPrinted {
  switch (reason) {
    case "not-enough-credit":
    case "prices-changed":
    case "device-disabled":
    case "account-closed":
    case "not-allowed-here":
      return reason;
    case "disabled":
      return "person-disabled";
    case "ended":
      return "stopped";
  }
}
