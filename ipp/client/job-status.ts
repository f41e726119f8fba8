import type { IppGroup } from "../message.ts";
import { first, integerOf } from "../read.ts";
import { type JobStateName, jobStateName } from "../states.ts";
import { countOf, reasonsOf, textOf } from "./device-values.ts";
import { type ImpressionsByColor, impressionsByColorOf } from "./impressions.ts";

/** How a job on a device does. Undefined is what the device does not say. */
export interface JobStatus {
  readonly jobId: number | undefined;
  readonly jobUri: string | undefined;
  /** `urn:uuid:…`. Tells a job from a later one to which a restarted device gave the same id. */
  readonly jobUuid: string | undefined;
  readonly name: string | undefined;
  readonly originatingUser: string | undefined;
  /** `unknown` when the device does not say, or says a number that no standard has. */
  readonly state: JobStateName | "unknown";
  readonly stateReasons: readonly string[];
  readonly stateMessage: string | undefined;
  readonly impressionsCompleted: number | undefined;
  readonly impressionsCompletedByColor: ImpressionsByColor | undefined;
  readonly sheetsCompleted: number | undefined;
  /** `time-at-processing` is told and has no value, RFC 8011 §5.3.14.2: the job was never begun. */
  readonly neverProcessed: boolean;
  /** The device's up-time in seconds when it answered: smaller than before means a restart. */
  readonly printerUpTime: number | undefined;
}

/** The attributes that a status is read from. */
export const statusAttributes: readonly string[] = [
  "job-id",
  "job-uri",
  "job-uuid",
  "job-name",
  "job-originating-user-name",
  "job-state",
  "job-state-reasons",
  "job-state-message",
  "job-impressions-completed",
  "job-impressions-completed-col",
  "job-media-sheets-completed",
  "job-printer-up-time",
  "time-at-processing",
];

/** Reads a job group of an answer; absent or of the wrong syntax is as unsaid. */
export function describeJob(job: IppGroup | undefined): JobStatus {
  return {
    jobId: integerOf(job, "job-id"),
    jobUri: textOf(job, "job-uri"),
    jobUuid: textOf(job, "job-uuid"),
    name: textOf(job, "job-name"),
    originatingUser: textOf(job, "job-originating-user-name"),
    state: jobStateName(integerOf(job, "job-state")) ?? "unknown",
    stateReasons: reasonsOf(job, "job-state-reasons"),
    stateMessage: textOf(job, "job-state-message"),
    impressionsCompleted: countOf(job, "job-impressions-completed"),
    impressionsCompletedByColor: impressionsByColorOf(job, "job-impressions-completed-col"),
    sheetsCompleted: countOf(job, "job-media-sheets-completed"),
    neverProcessed: first(job, "time-at-processing")?.kind === "noValue",
    printerUpTime: countOf(job, "job-printer-up-time"),
  };
}
