import { backoffMs } from "./backoff.ts";
import { endByVerdict } from "./end-release.ts";
import { judge, judgeGone } from "./judge.ts";
import { incomingSamplesAllowed, pollMs, pollsUnanswered } from "./limits.ts";
import { endUnsent } from "./make-device-job.ts";
import type { NotPrinted, PhaseOf, Release, Watch } from "./release.ts";
import { type ReleaseDecision, type ReleaseEffect, unchanged } from "./release-effect.ts";
import type { ReleaseContext, ReleaseEvent } from "./release-event.ts";
import { jobNameOf } from "./requests.ts";
import { observe, type Sample, unanswered } from "./watch.ts";

type Printing = PhaseOf<"printing">;

/** Steps 4 (sending) to 6: only the device can say what came out, and it is asked until it does. */
export function decidePrinting(
  release: Release,
  phase: Printing,
  event: ReleaseEvent,
  context: ReleaseContext,
): ReleaseDecision {
  const { watch } = phase;
  switch (event.kind) {
    case "document-sent":
      if (watch.upload !== "in-course") return unchanged(release);
      return go(release, phase, { ...watch, upload: "done" }, [findTwins(release)]);
    case "job-looked-up":
      return go(release, phase, watch, cancelTwins(release, phase, event.deviceJobIds));
    case "document-not-sent":
      return notSent(release, phase, event);
    case "sampled":
      return sampled(release, phase, event, context);
    case "unseen":
      return unseen(release, phase, context);
    case "cancel-wanted": {
      const stopped = { ...release, cancelWanted: true };
      return watch.cancel === "no"
        ? go(stopped, phase, { ...watch, cancel: "asked" }, [cancel(release, phase, 0)])
        : go(stopped, phase, watch);
    }
    case "cancel-answered":
      if (event.deviceJobId !== phase.job.id) return unchanged(release);
      return go(release, phase, { ...watch, cancel: "taken" });
    case "cancel-unanswered":
      if (event.deviceJobId !== phase.job.id) return unchanged(release);
      if (watch.cancel !== "asked" || watch.end !== undefined) return unchanged(release);
      return go(release, phase, watch, [
        cancel(release, phase, backoffMs({ tries: 3, jitter: context.jitter })),
      ]);
    case "started-again":
      return startedAgain(release, phase);
    default:
      return unchanged(release);
  }
}

/** Whoever was sending is gone with the process. Not one byte is sent again. */
function startedAgain(release: Release, phase: Printing): ReleaseDecision {
  const { watch } = phase;
  const upload = watch.upload === "in-course" ? "unknown" : watch.upload;
  const effects = [poll(release, phase, 0)];
  if (watch.cancel === "asked") effects.unshift(cancel(release, phase, 0));
  return go(release, phase, { ...watch, upload, unanswered: 0, quietSamples: 0 }, effects);
}

function notSent(
  release: Release,
  phase: Printing,
  event: Extract<ReleaseEvent, { kind: "document-not-sent" }>,
): ReleaseDecision {
  const { claim, job, watch } = phase;
  if (watch.upload !== "in-course") return unchanged(release);
  if (!event.begun) {
    const reason: NotPrinted = release.cancelWanted
      ? "cancelled"
      : event.side === "provider"
        ? "document-unreachable"
        : "device-unreachable";
    return endUnsent(release, claim, { job, reason });
  }
  // All of it may be there: the device knows.
  if (event.whole) return go(release, phase, { ...watch, upload: "unknown" }, [findTwins(release)]);
  // Half a document must not print further; what already did is charged.
  const cut: Watch = { ...watch, upload: "cut" };
  if (watch.cancel !== "no") return go(release, phase, cut);
  return go(release, phase, { ...cut, cancel: "asked" }, [cancel(release, phase, 0)]);
}

function sampled(
  release: Release,
  phase: Printing,
  sample: Sample,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  const { claim, baseline, job: deviceJob } = phase;
  const jobName = jobNameOf(release.releaseId);
  const watch = observe({ watch: phase.watch, baseline, deviceJob, jobName, sample });
  const verdict = judge({ watch, deviceJob, wanted: claim.wanted });
  if (verdict !== undefined) {
    const { problem } = watch;
    const seen = { ...release, phase: { ...phase, watch } };
    return endByVerdict({
      release: seen,
      claim,
      verdict,
      reason: reasonOf(release, watch),
      problem,
    });
  }
  const again = poll(release, phase, Math.round(pollMs.usual * (1 - jitter / 4)));
  const abandoned = watch.upload !== "in-course" && watch.incomingSamples >= incomingSamplesAllowed;
  if (!abandoned || watch.cancel !== "no") return go(release, phase, watch, [again]);
  return go(release, phase, { ...watch, cancel: "asked" }, [cancel(release, phase, 0), again]);
}

function unseen(release: Release, phase: Printing, { jitter }: ReleaseContext): ReleaseDecision {
  const watch = unanswered(phase.watch);
  const { claim, job: deviceJob } = phase;
  if (watch.unanswered >= pollsUnanswered) {
    const verdict = judgeGone({ watch, deviceJob, wanted: claim.wanted });
    return endByVerdict({
      release,
      claim,
      verdict,
      reason: "device-unreachable",
      problem: "unreachable",
    });
  }
  const afterMs = backoffMs({ tries: watch.unanswered, jitter, mostMs: pollMs.unreachable });
  return go(release, phase, watch, [poll(release, phase, afterMs)]);
}

/** Why nothing came out of a job that had been sent. */
function reasonOf(release: Release, { end }: Watch): NotPrinted {
  if (release.cancelWanted) return "cancelled";
  return end?.kind === "aborted" ? "device-refused" : "stopped";
}

/**
 * A Create-Job that was said twice, since a kept connection was gone at the first, leaves an empty job
 * of the same name. It prints nothing, but while it waits for a document the device is never at rest.
 */
function findTwins({ device, releaseId }: Release): ReleaseEffect {
  return { kind: "findJobByName", device, jobName: jobNameOf(releaseId), afterMs: 0 };
}

function cancelTwins(
  { device }: Release,
  { job }: Printing,
  deviceJobIds: readonly number[],
): ReleaseEffect[] {
  return deviceJobIds
    .filter((id) => id !== job.id)
    .map((deviceJobId) => ({ kind: "cancelJob", device, deviceJobId, afterMs: 0 }));
}

function poll({ device }: Release, { job }: Printing, afterMs: number): ReleaseEffect {
  return { kind: "poll", device, deviceJobId: job.id, afterMs };
}

function cancel({ device }: Release, { job }: Printing, afterMs: number): ReleaseEffect {
  return { kind: "cancelJob", device, deviceJobId: job.id, afterMs };
}

function go(
  release: Release,
  phase: Printing,
  watch: Watch,
  effects: readonly ReleaseEffect[] = [],
): ReleaseDecision {
  return { release: { ...release, phase: { ...phase, watch } }, facts: [], effects };
}
