import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import { quietSamplesWanted } from "./limits.ts";
import type { DeviceJob, JobEnd, Verdict, Watch } from "./release.ts";

export interface Judging {
  readonly watch: Watch;
  readonly deviceJob: DeviceJob;
  /** Printed sides of the whole job. */
  readonly wanted: number;
  readonly particulars: Pick<Particulars, "copies" | "pageRanges" | "handling">;
  /** What a probe found of the device; without one it is taken at its word. */
  readonly profile: DeviceProfile | undefined;
}

/**
 * What came out, once it can be said; undefined while more may come. The table of cases is in the
 * README beside this file. Never more is charged than was wanted, and where counters disagree the
 * lower is taken and a person looks at it, or nobody knows.
 */
export function judge(judging: Judging): Verdict | undefined {
  const { watch, wanted } = judging;
  const { end } = watch;
  if (end === undefined) return undefined;
  const known = knownOf(judging, end);
  const { job, device, extra } = known;
  const all =
    job === undefined ? device === wanted : job === wanted && agree(wanted, device, extra);
  const ahead = judging.profile?.countsAhead === true && device === undefined;
  if (end.kind === "completed" && all && !ahead)
    return cameOut(known, wanted, job === undefined ? "device-counter" : "job-counters");
  if (watch.quietSamples < quietSamplesWanted) return undefined;
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
export function judgeGone(judging: Judging): Verdict {
  const { watch, wanted, profile } = judging;
  const atLeast = profile?.countsAhead === true ? 0 : atMost(watch.jobCount ?? 0, wanted);
  return atLeast >= wanted
    ? { kind: "came-out", impressions: wanted, evidence: "job-counters" }
    : { kind: "uncertain", atLeast, why: "device-gone" };
}

interface Known extends Judging {
  readonly end: JobEnd;
  /** The job's own count at its end, where it told one that can be believed. */
  readonly job: number | undefined;
  /** By how much the device's counter grew, where it can be believed, less what it adds itself. */
  readonly device: number | undefined;
  /** What the device's counter may have added to that. */
  readonly extra: number;
  /** Most sides that the device ever counted for the job. */
  readonly atLeast: number;
}

type Ended = Extract<JobEnd, { neverProcessed: boolean }>;

function knownOf(judging: Judging, end: JobEnd): Known {
  const { watch, profile } = judging;
  const job = watch.jobCountStale ? undefined : watch.jobCount;
  // A count that ran ahead of the paper is true at most of a job that came to its end.
  const ahead = profile?.countsAhead === true && end.kind !== "completed";
  // A device that calls a job completed and counted nothing of it, or lets its count fall, does not count.
  const completed = end.kind === "completed";
  const falls = profile?.zeroAtEnd === true && (job ?? 0) < judging.wanted;
  // Called completed too early and then forgotten: what was counted until then is not the end of it.
  const cutOff = watch.forgotten === true && (job ?? 0) < judging.wanted;
  const nothing = completed && (job === 0 || falls || cutOff);
  const free = freeSheets(judging);
  const believed = ahead || nothing ? undefined : job;
  const counter = watch.deviceCountStale ? undefined : watch.deviceCount;
  const whole = completed && profile?.completesEarly !== true;
  const { wanted } = judging;
  const told = withBack(believed, { coarse: watch.coarse, whole, wanted, other: counter });
  const device = withBack(counter, { coarse: watch.deviceCoarse, whole, wanted, other: believed });
  return {
    ...judging,
    end,
    job: told === undefined ? undefined : charged(judging, told, completed),
    device: device === undefined ? undefined : Math.max(0, device - free),
    extra: (profile?.deviceCountsExtra ?? 0) + free,
    atLeast: profile?.countsAhead === true ? 0 : Math.max(0, (watch.jobCount ?? 0) - free),
  };
}

/** A sheet that names the job comes out first where it was asked for, and is free. */
function freeSheets({ particulars }: Judging): number {
  return particulars.handling?.jobSheets === undefined ? 0 : 1;
}

/**
 * Nobody can tell whether a device counts that sheet for the job. Where all came out it does not matter;
 * where the job was stopped the first that was counted may have been this.
 */
function charged(judging: Judging, job: number, completed: boolean): number {
  const free = freeSheets(judging);
  if (free === 0) return job;
  return completed ? Math.min(job, judging.wanted) : Math.max(0, job - free);
}

/** The back of the last sheet, which sheets do not tell: the end of the job, or another count may. */
function withBack(
  count: number | undefined,
  options: {
    readonly coarse: boolean | undefined;
    readonly whole: boolean;
    readonly wanted: number;
    readonly other: number | undefined;
  },
): number | undefined {
  const { coarse, whole, wanted, other } = options;
  if (count === undefined || coarse !== true) return count;
  const both = count + 1;
  return (whole && both === wanted) || both === other ? both : count;
}

function agree(job: number, device: number | undefined, extra: number): boolean {
  return device === undefined || (device <= job && job <= device + extra);
}

/** The device still says what became of the job, and rests. */
function ofEndedJob(known: Known, end: Ended): Verdict {
  const { job, device, extra, wanted } = known;
  if (job !== undefined && device !== undefined) {
    if (agree(job, device, extra)) return cameOut(known, job, "job-counters");
    // A counter that did not move at all, or further than this job could move it, counts something else.
    const elsewhere = device > wanted || (device === 0 && known.profile === undefined);
    if (elsewhere) return cameOut(known, job, "job-counters", "review");
    const lower = Math.min(job, device);
    if (lower === 0) return unsure(known, "counters-disagree");
    return cameOut(known, lower, lower === job ? "job-counters" : "device-counter", "review");
  }
  if (job !== undefined) {
    // Fewer than were wanted, and nothing else that says so.
    const short = end.kind === "completed" && job < wanted;
    return cameOut(known, job, "job-counters", short ? "review" : "settled");
  }
  if (device !== undefined) return byDeviceCounter(known, device, end);
  return withoutCounters(known, end);
}

function byDeviceCounter(known: Known, device: number, end: Ended): Verdict {
  const { wanted, atLeast } = known;
  const contradicts =
    device < atLeast || (end.kind === "completed" ? device === 0 : device > wanted);
  if (contradicts) return unsure(known, "counters-disagree");
  return end.kind === "completed"
    ? cameOut(known, device, "device-counter")
    : byUnendedCounter(known, device);
}

/** Whether a device added its own to a job that it did not complete, nobody knows. */
function byUnendedCounter(known: Known, device: number): Verdict {
  const { profile, watch } = known;
  if ((profile?.deviceCountsExtra ?? 0) === 0 || watch.deviceMoved !== true)
    return cameOut(known, device, "device-counter");
  if (device === 0) return unsure(known, "counters-disagree");
  return cameOut(known, device, "device-counter", "review");
}

function withoutCounters(known: Known, end: Ended): Verdict {
  const { wanted, atLeast, watch, profile } = known;
  if (atLeast >= wanted) return cameOut(known, wanted, "job-counters");
  const falls = profile?.zeroAtEnd === true && end.kind === "completed";
  if (watch.forgotten === true && watch.jobCount !== undefined && !falls)
    return unsure(known, "device-forgot");
  // Something was counted, and then no more: neither that number nor the whole is the truth.
  if (!falls && (atLeast > 0 || (watch.deviceCount ?? 0) > 0)) return unsure(known, "no-counters");
  if (end.kind !== "completed")
    return end.neverProcessed && atLeast === 0
      ? cameOut(known, 0, "job-counters")
      : unsure(known, "no-counters");
  return wordIsTrue(known)
    ? cameOut(known, wanted, "completed-state")
    : unsure(known, "no-counters");
}

/** Whether `completed` means that all which was asked for lies in the tray. */
function wordIsTrue({ watch, deviceJob, particulars, profile }: Known): boolean {
  if (watch.upload !== "done" || deviceJob.copiesIgnored) return false;
  if (profile === undefined) return true;
  if (profile.completesEarly) return false;
  if (particulars.copies > 1 && profile.copies !== "yes") return false;
  return particulars.pageRanges === undefined || profile.pageRanges === "yes";
}

/** The device no longer knows the job: only what it counted itself can tell. */
function ofLostJob(known: Known): Verdict {
  const { device, extra, wanted, atLeast, end } = known;
  if (atLeast >= wanted) return cameOut(known, wanted, "job-counters");
  if (device !== undefined) {
    const least = atLeast <= device + extra ? Math.max(device, atLeast) : device;
    if (least < atLeast || device > wanted) return unsure(known, "counters-disagree");
    return device === wanted
      ? cameOut(known, wanted, "device-counter")
      : byUnendedCounter(known, least);
  }
  return unsure(known, end.kind === "restarted" ? "device-restarted" : "device-forgot");
}

/** More than was wanted, or sheets whose last side nobody saw, are looked at by a person, too. */
function cameOut(
  { wanted, watch, job, device }: Known,
  impressions: number,
  evidence: Extract<Verdict, { kind: "came-out" }>["evidence"],
  doubt: "settled" | "review" = "settled",
): Verdict {
  const counts = evidence === "device-counter" ? watch.deviceCoarse : watch.coarse;
  const by = evidence === "device-counter" ? watch.deviceCount : watch.jobCount;
  const coarse = counts === true && impressions === by;
  const review = doubt === "review" || impressions > wanted || coarse;
  const { jobSplit } = watch;
  const split =
    jobSplit !== undefined && jobSplit.colour + jobSplit.grey === impressions
      ? jobSplit
      : undefined;
  return {
    kind: "came-out",
    impressions: atMost(impressions, wanted),
    evidence,
    ...(split === undefined || impressions > wanted ? {} : { split }),
    ...(review
      ? {
          review: {
            job: mostOf(
              job ?? watch.jobCount,
              watch.coarse === true && (job ?? watch.jobCount) === watch.jobCount,
            ),
            counter: mostOf(device, watch.deviceCoarse === true && device === watch.deviceCount),
          },
        }
      : {}),
  };
}

/** As many sides as a count can stand for: the last sheet may bear one that sheets do not tell. */
function mostOf(count: number | undefined, coarse: boolean): number | null {
  if (count === undefined) return null;
  return coarse ? count + 1 : count;
}

/** Where counters disagree, only what both of them say is certain. */
function unsure(
  { atLeast, wanted, device = atLeast }: Known,
  why: Extract<Verdict, { kind: "uncertain" }>["why"],
): Verdict {
  const certain = why === "counters-disagree" ? Math.min(atLeast, device) : atLeast;
  return { kind: "uncertain", atLeast: atMost(certain, wanted), why };
}

function atMost(count: number, wanted: number): number {
  return Math.min(count, wanted);
}
