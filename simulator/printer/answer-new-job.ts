import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { booleanOf, groupOf } from "../../ipp/read.ts";
import type { StatusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { answer, unsupportedGroup } from "./answer.ts";
import { describeJob, findTarget, notFound } from "./answer-about-jobs.ts";
import { findJob } from "./change-jobs.ts";
import type { Refusal } from "./check-request.ts";
import { decide } from "./printer-machine.ts";
import type { PrinterState } from "./printer-state.ts";
import { checkRoom, readJobRequest, readWishes } from "./read-job-request.ts";
import { type Asked, type AwaitedDocument, plain, type Reply } from "./reply.ts";
import { showJob } from "./shown-job.ts";

/** What the answer to a new job tells of it, RFC 8011 §4.2.1.2. */
const particulars = [
  "job-id",
  "job-uri",
  "job-uuid",
  "job-state",
  "job-state-reasons",
  "job-state-message",
];

/** Validate-Job: whether a job like this would be taken, RFC 8011 §4.2.3. */
export function answerValidateJob(asked: Asked): Reply {
  const { request } = asked;
  const read = readJobRequest(asked);
  if ("status" in read) return refuse(asked, read);
  const groups = unsupportedGroup(read.unsupported);
  return plain(asked, answer(request, successOf(read.unsupported), { groups }));
}

/** Print-Job and Create-Job, RFC 8011 §4.2.1 and §4.2.4. */
export function answerNewJob(asked: Asked): Reply {
  const { request, address, now } = asked;
  const read = readJobRequest(asked);
  if ("status" in read) return refuse(asked, read);
  const refusal = checkRoom(asked.printer);
  if (refusal !== undefined) return refuse(asked, refusal);
  const jobId = asked.printer.nextJobId;
  const made = decide(asked.printer, { kind: "job-created", ticket: read.ticket }, now);
  if (request.code === operation.printJob) {
    const begun = decide(made.state, { kind: "document-begun", jobId }, now);
    const awaited = { ...read, request, address, jobId, boot: begun.state.boot, wanted: true };
    const effects = [...made.effects, ...begun.effects];
    return { printer: begun.state, effects, next: { kind: "document", awaited } };
  }
  const message = describeNewJob({ ...asked, printer: made.state }, jobId, read.unsupported);
  return { printer: made.state, effects: made.effects, next: { kind: "answer", message } };
}

/** Send-Document, RFC 8011 §4.3.1. A job takes one document. */
export function answerSendDocument(asked: Asked): Reply {
  const { request, address, printer, now } = asked;
  const target = findTarget(asked);
  if (target === undefined) return plain(asked, notFound(request));
  const group = groupOf(request, groupTag.operation);
  if (booleanOf(group, "last-document") === undefined) {
    const message = "last-document is missing.";
    return refuse(asked, { status: "client-error-bad-request", message });
  }
  const read = readJobRequest(asked);
  if ("status" in read) return refuse(asked, read);
  const { job } = target;
  if (job.stage.kind === "ended" && job.stage.end !== "completed") {
    const message = `Job ${job.id} has ended: it takes no document.`;
    return refuse(asked, { status: "client-error-not-possible", message });
  }
  const begun = decide(printer, { kind: "document-begun", jobId: job.id }, now);
  const wanted = job.stage.kind === "incoming";
  const { compression } = read;
  const awaited = { request, address, jobId: job.id, boot: printer.boot, compression, wanted };
  return { printer: begun.state, effects: begun.effects, next: { kind: "document", awaited } };
}

/** How the taking in of a document ended. */
export type Arrived =
  | { readonly kind: "whole"; readonly bytes: number }
  /** The connection broke: nobody is left to hear the answer. */
  | { readonly kind: "broken" }
  | { readonly kind: "refused"; readonly status: StatusName; readonly message: string };

/** What the device does and answers when the document of a request has come, or will not come. */
export function finishDocument(options: {
  readonly printer: PrinterState;
  readonly awaited: AwaitedDocument;
  readonly arrived: Arrived;
  readonly now: number;
}): Reply {
  const { awaited, arrived, now } = options;
  const { request, jobId } = awaited;
  const tick = decide(options.printer, { kind: "tick" }, now);
  const asked = { ...awaited, printer: tick.state, now };
  const done = (reply: Reply) => ({ ...reply, effects: [...tick.effects, ...reply.effects] });
  const job = awaited.boot === tick.state.boot ? findJob(tick.state, jobId) : undefined;
  if (job === undefined) return done(plain(asked, notFound(request)));
  if (!awaited.wanted) {
    const nothing = arrived.kind === "whole" && arrived.bytes === 0;
    const message = "The device takes one document for each job.";
    return done(
      nothing
        ? plain(asked, describeNewJob(asked, jobId, []))
        : refuse(asked, { status: "server-error-multiple-document-jobs-not-supported", message }),
    );
  }
  const refusal = refusalOf(arrived);
  if (refusal !== undefined) {
    const reason = arrived.kind === "broken" ? "submission-interrupted" : "aborted-by-system";
    const lost = decide(tick.state, { kind: "document-lost", jobId, reason }, now);
    return done({ ...refuse(asked, refusal), printer: lost.state, effects: lost.effects });
  }
  if (job.stage.kind === "ended") {
    const message = `Job ${jobId} was canceled while its document came.`;
    return done(refuse(asked, { status: "server-error-job-canceled", message }));
  }
  const bytes = arrived.kind === "whole" ? arrived.bytes : 0;
  const received = decide(tick.state, { kind: "document-received", jobId, bytes }, now);
  const { unsupported } = readWishes(received.state, request);
  const message = describeNewJob({ ...asked, printer: received.state }, jobId, unsupported);
  return done({
    printer: received.state,
    effects: received.effects,
    next: { kind: "answer", message },
  });
}

function refusalOf(arrived: Arrived): Refusal | undefined {
  if (arrived.kind === "refused") return arrived;
  if (arrived.kind === "broken") {
    return { status: "client-error-bad-request", message: "The document broke off." };
  }
  if (arrived.bytes > 0) return undefined;
  return { status: "client-error-bad-request", message: "The job came without a document." };
}

function describeNewJob(
  asked: Asked,
  jobId: number,
  unsupported: readonly IppAttribute[],
): IppMessage {
  const job = findJob(asked.printer, jobId);
  if (job === undefined) return notFound(asked.request);
  const shown = showJob(asked.printer, job);
  const { attributes } = describeJob(asked, { job, shown }, particulars);
  const groups = [...unsupportedGroup(unsupported), { tag: groupTag.job, attributes }];
  return answer(asked.request, successOf(unsupported), { groups });
}

function successOf(unsupported: readonly IppAttribute[]): StatusName {
  return unsupported.length === 0
    ? "successful-ok"
    : "successful-ok-ignored-or-substituted-attributes";
}

function refuse(asked: Asked, { status, message }: Refusal): Reply {
  return plain(asked, answer(asked.request, status, { message }));
}
