import { booleanOf } from "../../ipp/read.ts";
import { piecesOf } from "../intake/document-source.ts";
import { UploadBroken, UploadRefused } from "../intake/upload-trouble.ts";
import { hasEnded, type Job } from "../jobs/job.ts";
import { documentArrived, type Refusal, refuseJob } from "../jobs/take-in.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { checkDocumentRequest, type DocumentRequest } from "./document-request.ts";
import { findOwnTarget } from "./find-target.ts";
import { changedJobAnswer } from "./new-job-answer.ts";
import { documentTaken, type Taken, takeDocument } from "./take-document.ts";

/**
 * Send-Document (RFC 8011 §4.3.1). A job has one document: with it the job is complete, whatever
 * `last-document` says; one more is refused, and the empty one that closes a job does nothing.
 */
export async function sendDocument(context: ProviderContext, call: Call): Promise<Answer> {
  const target = findOwnTarget(context, call);
  if (target.kind === "answer") return target.answer;
  const { job } = target;
  if (booleanOf(call.operation, "last-document") === undefined)
    return refused("client-error-bad-request", "The request does not say last-document.");
  const request = checkDocumentRequest(call.operation, {
    postScript: context.postScript !== undefined,
  });
  if (request.kind === "unfit") return request.answer;
  if (job.state !== "receiving") return afterTheDocument(context, call, job);
  const notAccepting = context.notAccepting();
  if (notAccepting !== undefined) return refused("server-error-not-accepting-jobs", notAccepting);

  const taken = await takeOrAbort(context, { call, job, request });
  if (taken.kind === "busy") return taken.answer;
  if (taken.kind === "nothing") return closedEmpty(context, call, job);
  const { db, batch } = context;
  try {
    if (!(await batch.run(() => documentArrived(db, job.id, taken.document)))) {
      context.removeFile(job.id);
      return refused("server-error-job-canceled", "The job was cancelled while it came in.");
    }
  } finally {
    taken.leave();
  }
  const { id, number, queue } = job;
  documentTaken(context, { id, number, queue, bytes: taken.document.bytes });
  return changedJobAnswer(context, call, number);
}

async function takeOrAbort(
  context: ProviderContext,
  { call, job, request }: { call: Call; job: Job; request: DocumentRequest },
): Promise<Taken> {
  const { compression, declared } = request;
  const { id: jobId } = job;
  try {
    return await takeDocument(context, {
      jobId,
      requester: call.requester,
      source: call.document,
      compression,
      declared,
    });
  } catch (error) {
    const refusal: Refusal =
      error instanceof UploadRefused
        ? { reason: error.message, cause: error.jobCause, because: error.because }
        : {
            reason: "The document did not arrive whole. Print it again.",
            cause: "aborted-by-system",
            because: "not-arrived",
          };
    refuseJob(context.db, { id: jobId, ...refusal, now: context.now() });
    context.changes.announce();
    throw error instanceof UploadRefused
      ? error
      : new UploadBroken(refusal.reason, { cause: error });
  }
}

async function afterTheDocument(context: ProviderContext, call: Call, job: Job): Promise<Answer> {
  if (job.state === "cancelled")
    return refused("server-error-job-canceled", "The job was cancelled.");
  if (hasEnded(job.state))
    return refused("client-error-not-possible", job.reason ?? "The job has ended already.");
  for await (const chunk of piecesOf(call.document))
    if (chunk.length > 0)
      return refused(
        "server-error-multiple-document-jobs-not-supported",
        "A job has one document here. Print the others as jobs of their own.",
      );
  return changedJobAnswer(context, call, job.number);
}

/** `last-document` without a document closes the job: nothing will ever come of it. */
function closedEmpty(context: ProviderContext, call: Call, job: Job): Answer {
  if (booleanOf(call.operation, "last-document") !== true)
    return refused("client-error-bad-request", "The request has no document.");
  refuseJob(context.db, {
    id: job.id,
    reason: "The job was closed without a document.",
    cause: "aborted-by-system",
    because: "not-arrived",
    now: context.now(),
  });
  context.changes.announce();
  return changedJobAnswer(context, call, job.number);
}
