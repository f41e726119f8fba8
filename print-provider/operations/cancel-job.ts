import { cancelJob as cancelRow } from "../jobs/end-jobs.ts";
import { hasEnded } from "../jobs/job.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { findOwnTarget } from "./find-target.ts";

/** Cancel-Job (RFC 8011 §4.3.3). A job that is at a printer is stopped there, at its terminal. */
export function cancelJob(context: ProviderContext, call: Call): Answer {
  const target = findOwnTarget(context, call);
  if (target.kind === "answer") return target.answer;
  const { job } = target;
  if (hasEnded(job.state))
    return refused("client-error-not-possible", "The job has ended already.");
  if (job.state === "uncertain")
    return refused(
      "client-error-not-possible",
      "Nobody can tell yet whether the job was printed; a member of staff will decide.",
    );
  if (!cancelRow(context.db, { id: job.id, ownerKey: job.ownerKey, now: context.now() }))
    return refused(
      "client-error-not-possible",
      "The job is being printed. Stop it at the terminal of its printer.",
    );
  context.removeFile(job.id);
  context.log.info({ event: "job-cancelled", jobId: job.id, job: job.number }, "owner cancelled");
  context.changes.announce();
  return { status: "successful-ok" };
}
