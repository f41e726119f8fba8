import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { checkJobRequest } from "./job-request.ts";

/** Validate-Job (RFC 8011 §4.2.3): what Print-Job would answer, without a document. */
export function validateJob(context: ProviderContext, call: Call): Answer {
  const notAccepting = context.notAccepting();
  if (notAccepting !== undefined) return refused("server-error-not-accepting-jobs", notAccepting);
  const request = checkJobRequest(context, call);
  if (request.kind === "unfit") return request.answer;
  return request.unsupported.length === 0
    ? { status: "successful-ok" }
    : {
        status: "successful-ok-ignored-or-substituted-attributes",
        unsupported: request.unsupported,
      };
}
