import { backoffMs } from "./backoff.ts";
import { baselineOf } from "./device-at-rest.ts";
import { cannotDo, endUnpaid, type WhyNotPrinted } from "./end-release.ts";
import { tries as most, pollMs } from "./limits.ts";
import type { Baseline, Claim, DeviceJob, NotPrinted, Phase, PhaseOf, Release } from "./release.ts";
import { type ReleaseDecision, type ReleaseEffect, unchanged } from "./release-effect.ts";
import type { ReleaseContext, ReleaseEvent } from "./release-event.ts";
import { documentOf, jobNameOf } from "./requests.ts";
import { newWatch } from "./watch.ts";

/** Step 4 of the road, up to the first byte: a job without a document never prints. */

/** The money is set aside: on to the device, as soon as its counter stands still. */
export function ready(
  release: Release,
  claim: Claim,
  baseline: Baseline | undefined,
): ReleaseDecision {
  if (baseline?.atRest === true) return create(release, claim, baseline);
  return go(release, { kind: "readying", tries: 0, claim }, [look(release, 0)]);
}

export function decideReadying(
  release: Release,
  phase: PhaseOf<"readying">,
  event: ReleaseEvent,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  const { claim } = phase;
  const tries = phase.tries + 1;
  switch (event.kind) {
    case "cancel-wanted":
      return endUnpaid({ ...release, cancelWanted: true }, claim, "cancelled");
    case "device-seen": {
      const baseline = baselineOf(event.device);
      // A device that never rests is used without its counter rather than not at all.
      if (baseline.atRest || tries >= most.unrest) return create(release, claim, baseline);
      return go(release, { ...phase, tries }, [look(release, pollMs.first)]);
    }
    case "device-unseen":
      if (tries >= most.look) return endUnpaid(release, claim, "device-unreachable");
      return go(release, { ...phase, tries }, [look(release, backoffMs({ tries, jitter }))]);
    case "started-again":
      if (event.late) return endUnpaid(release, claim, "stopped");
      return go(release, { ...phase, tries: 0 }, [look(release, 0)]);
    default:
      return unchanged(release);
  }
}

export function decideCreating(
  release: Release,
  phase: PhaseOf<"creating">,
  event: ReleaseEvent,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  const { claim, baseline, giveUp } = phase;
  const tries = phase.tries + 1;
  const stop = giveUp ?? (release.cancelWanted ? "cancelled" : undefined);
  switch (event.kind) {
    case "cancel-wanted":
      return { ...unchanged(release), release: { ...release, cancelWanted: true } };
    case "job-created":
      if (stop !== undefined) return endUnsent(release, claim, { job: event.job, reason: stop });
      // Never lost silently: the person hears of it before anything is printed.
      if (event.cannot !== undefined)
        return endUnsent(release, claim, { job: event.job, reason: cannotDo(event.cannot) });
      return send(release, phase, event.job);
    case "create-refused": {
      if (stop !== undefined) return endUnpaid(release, claim, stop);
      if (event.cannot !== undefined) return endUnpaid(release, claim, cannotDo(event.cannot));
      if (event.printJobOnly === true) return sendWithJob(release, phase);
      if (!event.temporary || tries >= most.createLater)
        return endUnpaid(release, claim, "device-refused");
      const afterMs = backoffMs({ tries, jitter, firstMs: 500, mostMs: 3_000 });
      return go(release, { ...phase, tries }, [askCreate(release, claim, afterMs)]);
    }
    case "create-unanswered": {
      const next = stop ?? (tries >= most.create ? "device-unreachable" : "create");
      return clear(release, { claim, baseline, createTries: tries, next }, jitter);
    }
    case "started-again":
      return clear(release, { claim, baseline, createTries: 0, next: giveUp ?? "stopped" }, jitter);
    default:
      return unchanged(release);
  }
}

export function decideClearing(
  release: Release,
  phase: PhaseOf<"clearing">,
  event: ReleaseEvent,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  switch (event.kind) {
    case "cancel-wanted":
      return go({ ...release, cancelWanted: true }, { ...phase, next: "cancelled" }, []);
    case "job-looked-up":
      return cleared(release, phase, event.deviceJobIds);
    case "look-up-failed": {
      const tries = phase.tries + 1;
      if (tries >= most.lookUp) return cleared(release, { ...phase, next: unreachable(phase) }, []);
      return go(release, { ...phase, tries }, [find(release, backoffMs({ tries, jitter }))]);
    }
    case "started-again":
      return go(release, { ...phase, tries: 0, next: "stopped" }, [find(release, 0)]);
    default:
      return unchanged(release);
  }
}

function unreachable({ next }: PhaseOf<"clearing">): NotPrinted {
  return next === "create" ? "device-unreachable" : next;
}

/** Looks for a job that Create-Job may have made without our hearing of it, and cancels it. */
export function clear(
  release: Release,
  clearing: Omit<PhaseOf<"clearing">, "kind" | "tries">,
  jitter: number,
): ReleaseDecision {
  const afterMs = backoffMs({ tries: clearing.createTries, jitter });
  return go(release, { kind: "clearing", tries: 0, ...clearing }, [find(release, afterMs)]);
}

function cleared(
  release: Release,
  phase: PhaseOf<"clearing">,
  orphans: readonly number[],
): ReleaseDecision {
  const { claim, baseline, next, createTries } = phase;
  const cancels = orphans.map((id) => cancelOf(release, id));
  if (next === "create") {
    const again: Phase = { kind: "creating", tries: createTries, claim, baseline };
    return go(release, again, [...cancels, askCreate(release, claim, 0)]);
  }
  const ended = endUnpaid(release, claim, next);
  return { ...ended, effects: [...cancels, ...ended.effects] };
}

function create(release: Release, claim: Claim, baseline: Baseline): ReleaseDecision {
  const phase: Phase = { kind: "creating", tries: 0, claim, baseline };
  return go(release, phase, [askCreate(release, claim, 0)]);
}

/** From this commit on the document may have been sent, and is never sent again. */
function send(release: Release, phase: PhaseOf<"creating">, job: DeviceJob): ReleaseDecision {
  const { claim, baseline, tries } = phase;
  const { device } = release;
  const printing: Phase = {
    kind: "printing",
    claim,
    baseline,
    job,
    watch: newWatch(baseline),
    ...(job.id === undefined ? { refusals: tries } : {}),
  };
  const jobName = jobNameOf(release.releaseId);
  const sent = { device, deviceJobId: job.id, jobName };
  return go(release, printing, [
    { kind: "sendDocument", ...sent, document: documentOf(release, claim) },
    { kind: "poll", ...sent, afterMs: pollMs.first },
  ]);
}

/** The same at a device that takes a job only with its document: its number is told afterwards. */
function sendWithJob(release: Release, phase: PhaseOf<"creating">): ReleaseDecision {
  return send(release, phase, { id: undefined, uuid: undefined, copiesIgnored: false });
}

/** Gives everything back while not a byte of the document was sent; the empty job is cancelled. */
export function endUnsent(
  release: Release,
  claim: Claim,
  ending: { readonly job: DeviceJob; readonly reason: WhyNotPrinted },
): ReleaseDecision {
  const ended = endUnpaid(release, claim, ending.reason);
  const { id } = ending.job;
  const cancels = id === undefined ? [] : [cancelOf(release, id)];
  return { ...ended, effects: [...cancels, ...ended.effects] };
}

function look(release: Release, afterMs: number): ReleaseEffect {
  return { kind: "lookAtDevice", device: release.device, afterMs };
}

function find(release: Release, afterMs: number): ReleaseEffect {
  const { device, releaseId } = release;
  return { kind: "findJobByName", device, jobName: jobNameOf(releaseId), afterMs };
}

export function cancelOf(release: Release, deviceJobId: number): ReleaseEffect {
  return { kind: "cancelJob", device: release.device, deviceJobId, afterMs: 0 };
}

export function askCreate(release: Release, claim: Claim, afterMs: number): ReleaseEffect {
  const { device, releaseId } = release;
  return {
    kind: "createJob",
    device,
    jobName: jobNameOf(releaseId),
    document: documentOf(release, claim),
    afterMs,
  };
}

function go(release: Release, phase: Phase, effects: readonly ReleaseEffect[]): ReleaseDecision {
  return { release: { ...release, phase }, facts: [], effects };
}
