import { refuseJob } from "../jobs/take-in.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { findOwnTarget } from "./find-target.ts";

/** Close-Job (PWG 5100.7 §4.1): no document will follow. One that has its document is closed already. */
export function closeJob(context: ProviderContext, call: Call): Answer {
  const target = findOwnTarget(context, call);
  if (target.kind === "answer") return target.answer;
  const { id, state } = target.job;
  if (state !== "receiving") return { status: "successful-ok" };
  if (context.uploads.isComing(id))
    return refused("client-error-not-possible", "The document of this job is still on its way.");
  refuseJob(context.db, {
    id,
    reason: "The job was closed without a document.",
    cause: "aborted-by-system",
    because: "not-arrived",
    now: context.now(),
  });
  context.changes.announce();
  return { status: "successful-ok" };
}
