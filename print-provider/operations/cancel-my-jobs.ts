import { attribute, integer } from "../../ipp/build.ts";
import { integersOf } from "../../ipp/read.ts";
import { transaction } from "../../storage/transaction.ts";
import { cancelJob } from "../jobs/end-jobs.ts";
import { listJobs } from "../jobs/list-jobs.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";

/**
 * Cancel-My-Jobs (PWG 5100.11 §4.2): those of `job-ids`, all or none of them, or every job of the
 * requester in this queue that is not at a printer.
 */
export function cancelMyJobs(context: ProviderContext, call: Call): Answer {
  const { ownerKey: key } = call.requester;
  const { db } = context;
  const wanted = new Set(integersOf(call.operation, "job-ids"));
  const own = listJobs(db, {
    queue: call.queue.name,
    which: "not-completed",
    ownerKey: key,
    most: 100_000,
  });
  const chosen = wanted.size === 0 ? own : own.filter(({ number }) => wanted.has(number));
  const cancellable = chosen.filter(({ state }) => state !== "claimed" && state !== "uncertain");
  if (wanted.size > 0 && cancellable.length < wanted.size) {
    const known = new Set(cancellable.map(({ number }) => number));
    const missing = [...wanted].filter((number) => !known.has(number)).slice(0, 100);
    return {
      ...refused("client-error-not-possible", "Not all of these jobs are yours to cancel."),
      unsupported: [attribute("job-ids", ...missing.map(integer))],
    };
  }
  const now = context.now();
  const cancelled = transaction(db, () =>
    cancellable.filter(({ id }) => cancelJob(db, { id, ownerKey: key, now })),
  );
  for (const { id } of cancelled) context.removeFile(id);
  if (cancelled.length > 0) context.changes.announce();
  return { status: "successful-ok" };
}
