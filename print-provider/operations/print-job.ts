import { addJob } from "../jobs/take-in.ts";
import type { ProviderContext } from "../provider-context.ts";
import { expiryOf, newJobId } from "../unclaimed/admit-stranger.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { checkJobRequest } from "./job-request.ts";
import { newJobAnswer } from "./new-job-answer.ts";
import { documentTaken, takeDocument } from "./take-document.ts";

/**
 * Print-Job (RFC 8011 §4.2.1). The job exists once its document is whole and on the disk; an upload
 * that breaks off leaves nothing.
 */
export async function printJob(context: ProviderContext, call: Call): Promise<Answer> {
  const notAccepting = context.notAccepting();
  if (notAccepting !== undefined) return refused("server-error-not-accepting-jobs", notAccepting);
  const request = checkJobRequest(context, call);
  if (request.kind === "unfit") return request.answer;
  const { requester } = call;
  const id = newJobId(context, requester);
  const { compression, declared } = request;
  const upload = { jobId: id, requester, source: call.document, compression, declared };
  const taken = await takeDocument(context, upload);
  if (taken.kind === "busy") return taken.answer;
  if (taken.kind === "nothing")
    return refused("client-error-bad-request", "The request has no document.");
  try {
    const now = context.now();
    const queue = call.queue.name;
    const job = {
      id,
      queue,
      owner: request.owner,
      title: request.title,
      ticket: request.ticket,
      onHold: request.onHold,
      now,
      expiresAt: expiryOf(context, { queue: call.queue, requester, now }),
      ...(requester.kind === "nobody" ? { stranger: requester } : {}),
      document: taken.document,
    };
    const number = await context.batch.run(() => addJob(context.db, job));
    documentTaken(context, { id, number, queue, bytes: taken.document.bytes });
    const { onHold, unsupported } = request;
    const made = { id, number, onHold, state: "analysing" } as const;
    return newJobAnswer(context, call, { job: made, unsupported });
  } catch (error) {
    context.removeFile(id);
    throw error;
  } finally {
    taken.leave();
  }
}
