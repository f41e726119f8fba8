import { attribute, boolean, mimeMediaType, name } from "../build.ts";
import type { IppAttribute, IppMessage } from "../message.ts";
import { operation } from "../operations.ts";
import { groupOf } from "../read.ts";
import { groupTag } from "../tags.ts";
import type { IppClient } from "./client.ts";
import type { OutgoingDocument } from "./document.ts";
import { DeviceAnsweredBadly } from "./errors.ts";
import { describeJob, type JobStatus } from "./job-status.ts";
import { mapOutcome, type Outcome } from "./outcome.ts";

export interface NewJob {
  /** Shown on the device and in its log. Put the release id here, never the document's title. */
  readonly jobName: string;
  /** The job template: `copies`, `sides`, `print-color-mode`, `page-ranges`, `media`… */
  readonly template?: readonly IppAttribute[];
  readonly signal?: AbortSignal | undefined;
}

export interface NewJobWithFormat extends NewJob {
  /** A media type such as `application/pdf`. */
  readonly documentFormat: string;
}

/** A job that the device has made. Compare `unsupported` of the outcome with what was asked. */
export interface CreatedJob extends JobStatus {
  readonly jobId: number;
}

/** Asks whether a job would be taken, RFC 8011 §4.2.3; makes none. Throws as `IppClient.call`. */
export async function validateJob(
  client: IppClient,
  { jobName, documentFormat, template = [], signal }: NewJobWithFormat,
): Promise<Outcome<undefined>> {
  const attributes = [
    attribute("job-name", name(jobName)),
    attribute("document-format", mimeMediaType(documentFormat)),
  ];
  const call = { operation: operation.validateJob, attributes, job: template, signal };
  return mapOutcome(await client.call(call), () => undefined);
}

/**
 * Makes a job without a document, RFC 8011 §4.2.4. Its id is known before a byte of the document
 * is sent, so that whatever happens then can be looked up. Throws as `IppClient.call`.
 */
export async function createJob(
  client: IppClient,
  { jobName, template = [], signal }: NewJob,
): Promise<Outcome<CreatedJob>> {
  const attributes = [attribute("job-name", name(jobName))];
  const call = { operation: operation.createJob, attributes, job: template, once: true, signal };
  return mapOutcome(await client.call(call), (answer) => createdJob(answer, "request"));
}

export interface SendDocumentOptions {
  readonly jobId: number;
  readonly document: OutgoingDocument;
  readonly documentFormat: string;
  /** Whether it is the job's last document; the job is printed then. */
  readonly last?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a document of a job, RFC 8011 §4.3.1, as it is: never compressed, as devices differ in what
 * they make of that. Throws as `IppClient.call`; when the error's `reached` is `document` the
 * device may print it, so it must not be sent again before the job's status was seen.
 */
export async function sendDocument(
  client: IppClient,
  { jobId, document, documentFormat, last = true, signal }: SendDocumentOptions,
): Promise<Outcome<JobStatus>> {
  const attributes = [
    attribute("document-format", mimeMediaType(documentFormat)),
    attribute("last-document", boolean(last)),
  ];
  const call = { operation: operation.sendDocument, jobId, attributes, document, signal };
  return mapOutcome(await client.call(call), (answer) =>
    describeJob(groupOf(answer, groupTag.job)),
  );
}

export interface PrintJobOptions extends NewJobWithFormat {
  readonly document: OutgoingDocument;
}

/**
 * Makes a job with its document in one request, RFC 8011 §4.2.1. Only for devices that cannot
 * `createJob`: when it fails half-way nobody knows the job's id. Throws as `sendDocument`.
 */
export async function printJob(
  client: IppClient,
  { jobName, documentFormat, document, template = [], signal }: PrintJobOptions,
): Promise<Outcome<CreatedJob>> {
  const attributes = [
    attribute("job-name", name(jobName)),
    attribute("document-format", mimeMediaType(documentFormat)),
  ];
  const call = { operation: operation.printJob, attributes, job: template, document, signal };
  return mapOutcome(await client.call(call), (answer) => createdJob(answer, "document"));
}

function createdJob(answer: IppMessage, reached: "request" | "document"): CreatedJob {
  const job = describeJob(groupOf(answer, groupTag.job));
  const { jobId } = job;
  if (jobId !== undefined && jobId > 0) return { ...job, jobId };
  const message = "The device says that it made a job, but not which: its answer has no job-id.";
  throw new DeviceAnsweredBadly(message, { reached });
}
