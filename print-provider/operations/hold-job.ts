import { keywordOf } from "../../ipp/read.ts";
import { holdJob as holdRow } from "../jobs/end-jobs.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { findOwnTarget } from "./find-target.ts";

/** Hold-Job (RFC 8011 §4.3.5). Jobs of queues that hold every job are held anyway. */
export function holdJob(context: ProviderContext, call: Call): Answer {
  const target = findOwnTarget(context, call);
  if (target.kind === "answer") return target.answer;
  const until = keywordOf(call.operation, "job-hold-until") ?? "indefinite";
  if (until !== "indefinite" && until !== "no-hold")
    return refused(
      "client-error-attributes-or-values-not-supported",
      "A job can be held until it is released, not until a time of the day.",
    );
  const { id, state } = target.job;
  if (state !== "receiving" && state !== "analysing" && state !== "held")
    return refused("client-error-not-possible", "The job is past the point where it can be held.");
  if (call.queue.kind === "direct") {
    holdRow(context.db, { id, hold: until === "indefinite" });
    context.changes.announce();
  }
  return { status: "successful-ok" };
}
