import { addJob } from "../jobs/take-in.ts";
import type { ProviderContext } from "../provider-context.ts";
import { expiryOf, newJobId } from "../unclaimed/admit-stranger.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { checkJobRequest } from "./job-request.ts";
import { newJobAnswer } from "./new-job-answer.ts";

/** Create-Job (RFC 8011 §4.2.4): a job whose document comes with Send-Document. */
export async function createJob(context: ProviderContext, call: Call): Promise<Answer> {
  const notAccepting = context.notAccepting();
  if (notAccepting !== undefined) return refused("server-error-not-accepting-jobs", notAccepting);
  const request = checkJobRequest(context, call);
  if (request.kind === "unfit") return request.answer;
  const { requester } = call;
  const now = context.now();
  const job = {
    id: newJobId(context, requester),
    queue: call.queue.name,
    owner: request.owner,
    title: request.title,
    ticket: request.ticket,
    onHold: request.onHold,
    now,
    expiresAt: expiryOf(context, { queue: call.queue, requester, now }),
    ...(requester.kind === "nobody" ? { stranger: requester } : {}),
  };
  const number = await context.batch.run(() => addJob(context.db, job));
  context.changes.announce();
  const { id, onHold } = job;
  return newJobAnswer(context, call, {
    job: { id, number, onHold, state: "receiving" },
    unsupported: request.unsupported,
  });
}
