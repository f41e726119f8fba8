import { backoffMs } from "./backoff.ts";
import { endByVerdict, endUnpaid } from "./end-release.ts";
import { judge, judgeGone } from "./judge.ts";
import { incomingSamplesAllowed, tries as most, pollMs, pollsUnanswered } from "./limits.ts";
import { askCreate, endUnsent } from "./make-device-job.ts";
import type { DeviceJob, NotPrinted, PhaseOf, Release, Watch } from "./release.ts";
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
    case "document-sent": {
      if (watch.upload !== "in-course") return unchanged(release);
      const known = adopt(phase, event.job);
      return go(release, known, { ...watch, upload: "done" }, [findTwins(release)]);
    }
    case "document-refused":
      return refused(release, phase, event.temporary, context);
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
      if (event.deviceJobId !== phase.job.id || phase.job.id === undefined)
        return unchanged(release);
      return go(release, phase, { ...watch, cancel: "taken" });
    case "cancel-unanswered":
      // Asked while its number was not known yet counts as asked for it.
      if (event.deviceJobId !== undefined && event.deviceJobId !== phase.job.id)
        return unchanged(release);
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
  before: Printing,
  sample: Sample,
  { jitter, profile }: ReleaseContext,
): ReleaseDecision {
  const phase = adoptFound(before, sample);
  const { claim, baseline, job: deviceJob } = phase;
  const jobName = jobNameOf(release.releaseId);
  const { particulars, wanted } = claim;
  const watch = observe({
    watch: phase.watch,
    baseline,
    deviceJob,
    jobName,
    sample,
    particulars,
    profile,
  });
  const verdict = judge({ watch, deviceJob, wanted, particulars, profile });
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

function unseen(
  release: Release,
  phase: Printing,
  { jitter, profile }: ReleaseContext,
): ReleaseDecision {
  const watch = unanswered(phase.watch);
  const { claim, job: deviceJob } = phase;
  if (watch.unanswered >= pollsUnanswered) {
    const { particulars, wanted } = claim;
    const verdict = judgeGone({ watch, deviceJob, wanted, particulars, profile });
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
  return (
    deviceJobIds
      // While its own number is not known, what bears its name may be the job itself.
      .filter((id) => job.id !== undefined && id !== job.id)
      .map((deviceJobId) => ({ kind: "cancelJob", device, deviceJobId, afterMs: 0 }))
  );
}

function poll({ device, releaseId }: Release, { job }: Printing, afterMs: number): ReleaseEffect {
  return { kind: "poll", device, deviceJobId: job.id, jobName: jobNameOf(releaseId), afterMs };
}

/** Print-Job's answer tells which job it made. */
function adopt(phase: Printing, job: DeviceJob | undefined): Printing {
  return job === undefined || phase.job.id !== undefined ? phase : { ...phase, job };
}

/** The same where the answer is late or lost, and the job was found by its name. */
function adoptFound(phase: Printing, { job }: Sample): Printing {
  if (job?.id === undefined) return phase;
  return adopt(phase, { id: job.id, uuid: job.uuid, copiesIgnored: false });
}

/**
 * A device that takes a job only with its document has said no to both: nothing of it is kept there,
 * so that this alone may be asked again.
 */
function refused(
  release: Release,
  phase: Printing,
  temporary: boolean,
  { jitter }: ReleaseContext,
): ReleaseDecision {
  const { claim, baseline, job, watch, refusals = 0 } = phase;
  if (watch.upload !== "in-course" || job.id !== undefined) return unchanged(release);
  if (release.cancelWanted) return endUnpaid(release, claim, "cancelled");
  if (!temporary || refusals + 1 >= most.createLater)
    return endUnpaid(release, claim, "device-refused");
  const tries = refusals + 1;
  const afterMs = backoffMs({ tries, jitter, firstMs: 500, mostMs: 3_000 });
  const creating: PhaseOf<"creating"> = { kind: "creating", tries, claim, baseline };
  return {
    release: { ...release, phase: creating },
    facts: [],
    effects: [askCreate(release, claim, afterMs)],
  };
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
