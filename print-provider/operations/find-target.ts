import { findJobByNumber } from "../jobs/find-jobs.ts";
import type { CodeTold } from "../jobs/ipp-state.ts";
import type { Job } from "../jobs/job.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";

export type Target =
  | { readonly kind: "found"; readonly job: Job; readonly byOwner: boolean }
  | { readonly kind: "answer"; readonly answer: Answer };

/** The job that a request is about: RFC 8011 §4.1.5. */
export function findTarget(context: ProviderContext, call: Call): Target {
  if (call.jobNumber === undefined)
    return answered("client-error-bad-request", "The request does not say which job it means.");
  const job = findJobByNumber(context.db, call.jobNumber);
  if (job === undefined || job.queue !== call.queue.name)
    return answered(
      "client-error-not-found",
      `There is no job ${call.jobNumber} in this queue, or it ended long ago.`,
    );
  const byOwner = call.requester.ownerKey === job.ownerKey;
  return { kind: "found", job, byOwner };
}

/** Long enough to write a code down; so long a queue of CUPS keeps its next job waiting. */
const freshMs = 90_000;

/** The code of a job of nobody known, for whoever sent it. */
export function codeShown(
  { codeOf, now }: ProviderContext,
  { job, byOwner }: { job: Job; byOwner: boolean },
): { code?: CodeTold } {
  if (!byOwner || job.unclaimed !== true) return {};
  return { code: { code: codeOf(job.id), isFresh: now() - job.submittedAt < freshMs } };
}

/** As `findTarget`, for what only the owner of a job may ask. */
export function findOwnTarget(context: ProviderContext, call: Call): Target {
  const target = findTarget(context, call);
  if (target.kind === "answer" || target.byOwner) return target;
  return answered("client-error-not-authorized", "Only the person who sent a job may change it.");
}

function answered(...[status, sentence]: Parameters<typeof refused>): Target {
  return { kind: "answer", answer: refused(status, sentence) };
}
