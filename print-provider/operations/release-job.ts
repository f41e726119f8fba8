import { holdJob } from "../jobs/end-jobs.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { findOwnTarget } from "./find-target.ts";

/**
 * Release-Job (RFC 8011 §4.3.6). Only a badge at a terminal releases a job of a virtual or secure
 * queue: a name that a client gives proves nothing.
 */
export function releaseJob(context: ProviderContext, call: Call): Answer {
  const target = findOwnTarget(context, call);
  if (target.kind === "answer") return target.answer;
  if (call.queue.kind !== "direct")
    return refused(
      "client-error-not-possible",
      "Jobs of this queue are released at a printer, with your badge.",
    );
  const { id, onHold, state } = target.job;
  if (!onHold || !holdJob(context.db, { id, hold: false }))
    return refused(
      "client-error-not-possible",
      state === "held" ? "The job is not on hold." : "The job is past the point where it is held.",
    );
  context.changes.announce();
  return { status: "successful-ok" };
}
