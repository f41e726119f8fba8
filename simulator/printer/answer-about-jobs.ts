import type { IppGroup, IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { booleanOf, groupOf, integerOf, stringOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { answer } from "./answer.ts";
import { findJob } from "./change-jobs.ts";
import { jobAttributes } from "./job-attributes.ts";
import { decide } from "./printer-machine.ts";
import type { Job } from "./printer-state.ts";
import { type Asked, plain, type Reply } from "./reply.ts";
import { requested } from "./requested-attributes.ts";
import { isForgotten, type ShownJob, showJob } from "./shown-job.ts";

/** Get-Job-Attributes, Get-Jobs and Cancel-Job: RFC 8011 §4.3.4, §4.2.6, §4.3.3. */
export function answerAboutJobs(asked: Asked): Reply {
  if (asked.request.code === operation.getJobs) return listJobs(asked);
  const target = findTarget(asked);
  if (target === undefined) return plain(asked, notFound(asked.request));
  return asked.request.code === operation.cancelJob
    ? cancelJob(asked, target)
    : plain(
        asked,
        answer(asked.request, "successful-ok", { groups: [describeJob(asked, target, ["all"])] }),
      );
}

export interface Target {
  readonly job: Job;
  readonly shown: ShownJob;
}

/** The job that the request names by job-uri or by job-id, unless the device has forgotten it. */
export function findTarget({ printer, request }: Asked): Target | undefined {
  const group = groupOf(request, groupTag.operation);
  const uri = stringOf(group, "job-uri") ?? stringOf(group, "printer-uri") ?? "";
  const inUri = /\/(\d{1,9})$/.exec(uri)?.[1];
  const job = findJob(printer, integerOf(group, "job-id") ?? Number(inUri ?? 0));
  if (job === undefined || isForgotten(printer, job)) return undefined;
  return { job, shown: showJob(printer, job) };
}

export function notFound(request: IppMessage): IppMessage {
  return answer(request, "client-error-not-found", { message: "The device has no such job." });
}

/** The job's group in an answer, with what the request asks for. */
export function describeJob(asked: Asked, target: Target, byDefault: readonly string[]): IppGroup {
  return {
    tag: groupTag.job,
    attributes: requested({
      request: asked.request,
      attributes: jobAttributes({ ...asked, ...target }),
      description: "job-description",
      byDefault,
    }),
  };
}

function cancelJob(asked: Asked, { job, shown }: Target): Reply {
  const { printer, request, now } = asked;
  if (shown.endedAt !== null || job.stage.kind === "stopping") {
    const message = `Job ${job.id} is ${shown.state}: it cannot be canceled.`;
    return plain(asked, answer(request, "client-error-not-possible", { message }));
  }
  const { state, effects } = decide(printer, { kind: "job-canceled", jobId: job.id }, now);
  const message = answer(request, "successful-ok");
  return { printer: state, effects, next: { kind: "answer", message } };
}

function listJobs(asked: Asked): Reply {
  const { printer, request } = asked;
  const group = groupOf(request, groupTag.operation);
  const which = stringOf(group, "which-jobs") ?? "not-completed";
  if (!["all", "completed", "not-completed"].includes(which)) {
    return plain(asked, answer(request, "client-error-attributes-or-values-not-supported"));
  }
  const mine = booleanOf(group, "my-jobs") === true;
  const user = stringOf(group, "requesting-user-name") ?? "anonymous";
  const limit = integerOf(group, "limit") ?? printer.jobs.length;
  const listed = printer.jobs.flatMap((job) => {
    const shown = showJob(printer, job);
    if (isForgotten(printer, job) || (mine && job.ticket.user !== user)) return [];
    const ended = shown.endedAt !== null;
    return which === "all" || ended === (which === "completed") ? [{ job, shown }] : [];
  });
  // Ended jobs come newest first, others in the order in which they will print (RFC 8011 §4.2.6.2).
  if (which === "completed") listed.reverse();
  const groups = listed
    .slice(0, Math.max(0, limit))
    .map((target) => describeJob(asked, target, ["job-uri", "job-id"]));
  return plain(asked, answer(request, "successful-ok", { groups }));
}
