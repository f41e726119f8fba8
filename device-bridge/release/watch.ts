import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import { isAtRest } from "./device-at-rest.ts";
import { restlessSamples, stalledSamplesWanted } from "./limits.ts";
import type { Baseline, DeviceJob, JobEnd, Watch } from "./release.ts";
import type { DeviceSnapshot, JobSample } from "./release-event.ts";
import { jobNamePrefix } from "./requests.ts";
import { sidesOfSheets } from "./sides-of-sheets.ts";

/** What is known at the first byte: nothing has come out. */
export function newWatch(baseline: Baseline): Watch {
  return {
    upload: "in-course",
    upTime: baseline.upTime,
    jobCount: undefined,
    jobCountStale: false,
    deviceCount: undefined,
    deviceCountStale: false,
    end: undefined,
    quietSamples: 0,
    incomingSamples: 0,
    stalledSamples: 0,
    unanswered: 0,
    cancel: "no",
    problem: undefined,
  };
}

export interface Sample {
  readonly job: JobSample | undefined;
  readonly device: DeviceSnapshot;
}

/**
 * What is known after one more look. Counts only grow: a device that tells zero, or less than before,
 * after sides came out is not believed (it forgot, or started again).
 */
export function observe(options: {
  readonly watch: Watch;
  readonly baseline: Baseline;
  readonly deviceJob: DeviceJob;
  readonly jobName: string;
  readonly sample: Sample;
  readonly particulars: Particulars;
  readonly profile: DeviceProfile | undefined;
}): Watch {
  const { watch, baseline, deviceJob, jobName, sample, particulars, profile } = options;
  const { device } = sample;
  const restarted = isLess(device.upTime, watch.upTime);
  const job = isOurs({ job: sample.job, deviceJob, jobName, restarted }) ? sample.job : undefined;
  // A Print-Job that is still on its way may not be listed yet.
  const isAwaited = deviceJob.id === undefined && watch.upload === "in-course";
  const end =
    isAwaited && job === undefined && !restarted
      ? undefined
      : endOf({ before: watch.end, job, restarted });
  const counting = { particulars, profile };
  const counts = {
    ...countJob(watch, job, counting),
    ...countDevice(watch, { baseline, device, ...counting }),
  };
  const moved = counts.jobCount !== watch.jobCount || counts.deviceCount !== watch.deviceCount;
  const stalledSamples = moved || watch.end !== end ? 0 : watch.stalledSamples + 1;
  // Some devices call a jam a warning; a warning that stops nothing is not worth a word.
  const problem =
    device.problem ?? (stalledSamples >= stalledSamplesWanted ? device.suspicion : undefined);
  const resting =
    isAtRest(device) || (device.state === "processing" && stalledSamples >= restlessSamples);
  const quiet = end !== undefined && resting && !moved;
  return {
    ...watch,
    ...counts,
    upTime: device.upTime ?? watch.upTime,
    end,
    quietSamples: quiet ? watch.quietSamples + 1 : 0,
    incomingSamples: job?.incoming === true ? watch.incomingSamples + 1 : 0,
    stalledSamples,
    forgotten: job === undefined,
    unanswered: 0,
    // What had stopped the job stays its reason, even if it was mended since.
    problem: problem ?? (end === undefined ? undefined : watch.problem),
  };
}

/** What is known after one more look that nobody answered. */
export function unanswered(watch: Watch): Watch {
  const count = watch.unanswered + 1;
  return {
    ...watch,
    unanswered: count,
    quietSamples: 0,
    problem: count >= 3 ? "unreachable" : watch.problem,
  };
}

/**
 * Ids are used again after a restart: then the uuid, or the name that carries ours, must match. While
 * it runs a device that hides names is trusted to have one job of an id.
 */
function isOurs(options: {
  readonly job: JobSample | undefined;
  readonly deviceJob: DeviceJob;
  readonly jobName: string;
  readonly restarted: boolean;
}): boolean {
  const { job, deviceJob, jobName, restarted } = options;
  if (job === undefined) return false;
  if (job.uuid !== undefined && deviceJob.uuid !== undefined) return job.uuid === deviceJob.uuid;
  if (job.name === jobName) return true;
  return !restarted && job.name?.startsWith(jobNamePrefix) !== true;
}

/** A restart outweighs an end told before: what was still in the paper path is lost. */
function endOf(options: {
  readonly before: JobEnd | undefined;
  readonly job: JobSample | undefined;
  readonly restarted: boolean;
}): JobEnd | undefined {
  const { before, job, restarted } = options;
  if (before?.kind === "restarted") return before;
  if (job === undefined)
    return restarted ? { kind: "restarted" } : (before ?? { kind: "forgotten" });
  switch (job.state) {
    case "completed":
    case "canceled":
    case "aborted":
      if (job.stillPrinting) return undefined;
      if (before?.kind === job.state) return before;
      return { kind: job.state, neverProcessed: job.neverProcessed };
    case "waiting":
    case "processing":
    case "stopped":
      return undefined;
  }
}

interface Counting {
  readonly particulars: Particulars;
  readonly profile: DeviceProfile | undefined;
}

/** What the job tells of itself, in sides, as far as its device is to be believed. */
function countJob(
  watch: Watch,
  job: JobSample | undefined,
  counting: Counting,
): Pick<Watch, "jobCount" | "jobCountStale" | "jobSplit" | "coarse"> {
  const { jobCount, jobCountStale, jobSplit, coarse } = watch;
  const kept = { jobCount, jobCountStale, jobSplit, coarse };
  // Once it is forgotten nothing more is told; the last word stands as it was.
  if (job === undefined || counting.profile?.jobCounts === "none") return kept;
  if (counting.profile?.zeroAtEnd === true && job.state === "completed") return kept;
  const told = sidesTold(job, counting);
  if (told === undefined) return { ...kept, jobCountStale: jobCount !== undefined };
  if (isLess(told.sides, jobCount)) return { ...kept, jobCountStale: true };
  const split = counting.profile?.colourSplit === true ? job.split : undefined;
  return { jobCount: told.sides, jobCountStale: false, jobSplit: split, coarse: told.coarse };
}

function sidesTold(
  { impressions, sheets }: JobSample,
  { particulars, profile }: Counting,
): { readonly sides: number; readonly coarse: boolean } | undefined {
  if (impressions !== undefined && profile?.jobCounts !== "sheets")
    return { sides: impressions, coarse: false };
  if (sheets === undefined) return undefined;
  const { least, most } = sidesOfSheets(particulars, sheets);
  return { sides: least, coarse: least < most };
}

function countDevice(
  watch: Watch,
  options: Counting & { readonly baseline: Baseline; readonly device: DeviceSnapshot },
): Pick<Watch, "deviceCount" | "deviceCountStale" | "deviceCoarse" | "deviceMoved"> {
  const { baseline, device, particulars, profile } = options;
  const { counter } = baseline;
  if (counter === undefined) return { deviceCount: undefined, deviceCountStale: false };
  if (device.counter === undefined)
    return { deviceCount: watch.deviceCount, deviceCountStale: true };
  const grown = device.counter - counter;
  const own = Math.max(Math.min(grown, 0), grown - (profile?.deviceCountsExtra ?? 0));
  const inSheets = profile?.deviceCounts === "sheets" && own > 0;
  const { least: sides, most } = inSheets
    ? sidesOfSheets(particulars, own)
    : { least: own, most: own };
  const fellBack = sides < (watch.deviceCount ?? 0);
  return fellBack
    ? { deviceCount: watch.deviceCount ?? 0, deviceCountStale: true }
    : {
        deviceCount: sides,
        deviceCountStale: false,
        deviceCoarse: sides < most,
        deviceMoved: grown > 0,
      };
}

function isLess(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}
