import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { checkJobRequest } from "./job-request.ts";
import { newJobAnswer } from "./new-job-answer.ts";
import { takeWhole } from "./take-whole.ts";

/** Print-Job (RFC 8011 §4.2.1). */
export async function printJob(context: ProviderContext, call: Call): Promise<Answer> {
  const notAccepting = context.notAccepting();
  if (notAccepting !== undefined) return refused("server-error-not-accepting-jobs", notAccepting);
  const request = checkJobRequest(context, call);
  if (request.kind === "unfit") return request.answer;
  const { queue, requester, document: source } = call;
  const taken = await takeWhole(context, { ...request, queue, requester, source });
  switch (taken.kind) {
    case "busy":
      return taken.answer;
    case "nothing":
      return refused("client-error-bad-request", "The request has no document.");
    case "job": {
      const { id, number } = taken;
      const { onHold, unsupported } = request;
      const job = { id, number, onHold, state: "analysing" } as const;
      return newJobAnswer(context, call, { job, unsupported });
    }
  }
}
