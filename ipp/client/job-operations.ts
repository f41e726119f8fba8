import { attribute, boolean, integer, keyword, keywords } from "../build.ts";
import type { IppMessage } from "../message.ts";
import { operation } from "../operations.ts";
import { groupOf, groupsOf } from "../read.ts";
import { groupTag } from "../tags.ts";
import type { IppClient } from "./client.ts";
import { describeJob, type JobStatus, statusAttributes } from "./job-status.ts";
import { mapOutcome, type Outcome } from "./outcome.ts";

export interface JobOptions {
  readonly jobId: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks how a job does, RFC 8011 §4.3.4. Throws as `IppClient.call`. */
export async function getJobAttributes(
  client: IppClient,
  { jobId, signal }: JobOptions,
): Promise<Outcome<JobStatus>> {
  const attributes = [attribute("requested-attributes", ...keywords(...statusAttributes))];
  const call = { operation: operation.getJobAttributes, jobId, attributes, signal };
  return mapOutcome(await client.call(call), (answer) =>
    describeJob(groupOf(answer, groupTag.job)),
  );
}

export interface GetJobsOptions {
  /** `completed` has the canceled and aborted ones, too: RFC 8011 §4.2.6.1. */
  readonly which?: "not-completed" | "completed";
  /** Only those made under our user name. */
  readonly mine?: boolean;
  /** At most so many, whatever the device sends. */
  readonly limit?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Lists jobs, RFC 8011 §4.2.6. Throws as `IppClient.call`. */
export async function getJobs(
  client: IppClient,
  { which = "not-completed", mine = true, limit = 100, signal }: GetJobsOptions = {},
): Promise<Outcome<readonly JobStatus[]>> {
  const attributes = [
    attribute("limit", integer(limit)),
    attribute("requested-attributes", ...keywords(...statusAttributes)),
    attribute("which-jobs", keyword(which)),
    attribute("my-jobs", boolean(mine)),
  ];
  const call = { operation: operation.getJobs, attributes, signal };
  const read = (answer: IppMessage) =>
    groupsOf(answer, groupTag.job).slice(0, limit).map(describeJob);
  return mapOutcome(await client.call(call), read);
}

/**
 * Asks the device to end a job, RFC 8011 §4.3.3. Done does not mean that it has ended: pages in the
 * engine still come out, so the status must be watched until the job's state is final.
 * Throws as `IppClient.call`.
 */
export async function cancelJob(
  client: IppClient,
  { jobId, signal }: JobOptions,
): Promise<Outcome<undefined>> {
  const call = { operation: operation.cancelJob, jobId, signal };
  return mapOutcome(await client.call(call), () => undefined);
}
