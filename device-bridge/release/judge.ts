import { quietSamplesWanted } from "./limits.ts";
import type { DeviceJob, JobEnd, Verdict, Watch } from "./release.ts";

export interface Judging {
  readonly watch: Watch;
  readonly deviceJob: DeviceJob;
  /** Printed sides of the whole job. */
  readonly wanted: number;
}

/**
 * What came out, once it can be said; undefined while more may come. The table of cases is in the
 * README beside this file. Never more is charged than was wanted, and where counters disagree the
 * lower is taken or nobody knows.
 */
export function judge(judging: Judging): Verdict | undefined {
  const { watch, wanted } = judging;
  const { end } = watch;
  if (end === undefined) return undefined;
  const job = watch.jobCountStale ? undefined : watch.jobCount;
  const device = watch.deviceCountStale ? undefined : watch.deviceCount;
  if (end.kind === "completed" && (job ?? device ?? -1) >= wanted && (device ?? wanted) >= wanted)
    return cameOut(wanted, job === undefined ? "device-counter" : "job-counters");
  if (watch.quietSamples < quietSamplesWanted) return undefined;
  const atLeast = watch.jobCount ?? 0;
  const known: Known = { ...judging, end, job, device, atLeast };
  switch (end.kind) {
    case "completed":
    case "canceled":
    case "aborted":
      return ofEndedJob(known, end);
    case "forgotten":
    case "restarted":
      return ofLostJob(known);
  }
}

/** The verdict about a device that is never seen again. */
export function judgeGone({ watch, wanted }: Judging): Verdict {
  const atLeast = Math.min(watch.jobCount ?? 0, wanted);
  return atLeast >= wanted
    ? cameOut(wanted, "job-counters")
    : { kind: "uncertain", atLeast, why: "device-gone" };
}

interface Known {
  readonly watch: Watch;
  readonly deviceJob: DeviceJob;
  readonly wanted: number;
  readonly end: JobEnd;
  /** The job's own count at its end, where it told one that can be believed. */
  readonly job: number | undefined;
  /** By how much the device's counter grew, where it can be believed. */
  readonly device: number | undefined;
  /** Most sides that the device ever counted for the job. */
  readonly atLeast: number;
}

/** The device still says what became of the job, and rests. */
function ofEndedJob(known: Known, end: Extract<JobEnd, { neverProcessed: boolean }>): Verdict {
  const { device, wanted } = known;
  // A job that was completed and of which nothing was ever counted, at a device that has no counter of
  // its own: it has the attribute and does not count (the sample printer of CUPS is one).
  const countsNothing = end.kind === "completed" && known.job === 0 && device === undefined;
  const job = countsNothing ? undefined : known.job;
  if (job !== undefined && device !== undefined) {
    // A counter that did not move at all while sides were counted, or moved further than this job
    // could move it, counts something else.
    if (device > wanted || (device === 0 && job > 0))
      return cameOut(atMost(job, wanted), "job-counters");
    return cameOut(device, device === job ? "job-counters" : "device-counter");
  }
  if (job !== undefined) return cameOut(atMost(job, wanted), "job-counters");
  if (device !== undefined) return byDeviceCounter(known, device, end);
  return withoutCounters(known, end);
}

function byDeviceCounter(
  known: Known,
  device: number,
  end: Extract<JobEnd, { neverProcessed: boolean }>,
): Verdict {
  const { wanted, atLeast } = known;
  const contradicts =
    device < atLeast || (end.kind === "completed" ? device === 0 : device > wanted);
  if (contradicts) return unsure(known, "counters-disagree");
  return cameOut(atMost(device, wanted), "device-counter");
}

function withoutCounters(known: Known, end: Extract<JobEnd, { neverProcessed: boolean }>): Verdict {
  const { wanted, atLeast, watch, deviceJob } = known;
  if (atLeast >= wanted) return cameOut(wanted, "job-counters");
  // Something was counted, and then no more: neither that number nor the whole is the truth.
  if (atLeast > 0 || (watch.deviceCount ?? 0) > 0) return unsure(known, "no-counters");
  if (end.kind !== "completed")
    return end.neverProcessed ? cameOut(0, "job-counters") : unsure(known, "no-counters");
  const whole = watch.upload === "done" && !deviceJob.copiesIgnored;
  return whole ? cameOut(wanted, "completed-state") : unsure(known, "no-counters");
}

/** The device no longer knows the job: only what it counted itself can tell. */
function ofLostJob(known: Known): Verdict {
  const { device, wanted, atLeast, end } = known;
  if (atLeast >= wanted) return cameOut(wanted, "job-counters");
  if (device !== undefined) {
    if (device < atLeast || device > wanted) return unsure(known, "counters-disagree");
    return cameOut(device, "device-counter");
  }
  return unsure(known, end.kind === "restarted" ? "device-restarted" : "device-forgot");
}

function cameOut(
  impressions: number,
  evidence: Extract<Verdict, { kind: "came-out" }>["evidence"],
): Verdict {
  return { kind: "came-out", impressions, evidence };
}

function unsure(
  { atLeast, wanted }: Known,
  why: Extract<Verdict, { kind: "uncertain" }>["why"],
): Verdict {
  return { kind: "uncertain", atLeast: atMost(atLeast, wanted), why };
}

function atMost(count: number, wanted: number): number {
  return Math.min(count, wanted);
}
