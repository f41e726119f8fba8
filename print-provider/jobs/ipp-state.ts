import type { JobStateName } from "../../ipp/states.ts";
import type { Queue } from "../../protocol/site.ts";
import { shownCode } from "../unclaimed/job-code.ts";
import type { Job } from "./job.ts";

/** A job's state in IPP's words: RFC 8011 §5.3.7 to §5.3.9. */
export interface IppState {
  readonly state: JobStateName;
  /** `job-state-reasons`, of the IANA registry. */
  readonly reasons: readonly string[];
  /** `job-state-message`: a sentence for the person who sent the job. */
  readonly message: string;
}

/** What of a job its state is told from. */
export type Standing = Pick<
  Job,
  "state" | "onHold" | "reason" | "cause" | "partlyPrinted" | "unclaimed"
>;

/** The code of a job of nobody known, for whoever sent it, and whether that was just now. */
export interface CodeTold {
  readonly code: string;
  readonly isFresh: boolean;
}

/**
 * What an IPP client is told. A held job is `pending-held`, at which clients let their own copy go;
 * a job of a direct queue is `pending` until the bridge of its device takes it. So is, for a while, one of
 * nobody known to whoever sent it: at `pending-held` CUPS lets its copy go, and the code with it.
 */
export function ippStateOf(job: Standing, kind: Queue["kind"], code?: CodeTold): IppState {
  const isComing = job.state === "receiving" || job.state === "analysing";
  if (code !== undefined && (isComing || job.state === "held"))
    return {
      ...ippStateOf(job, kind),
      ...(code.isFresh ? { state: "pending" } : {}),
      message: howToTake(code.code),
    };
  switch (job.state) {
    case "receiving":
      return told("pendingHeld", ["job-incoming"], "The document is on its way.");
    case "analysing":
      return kind === "direct" && !job.onHold
        ? told("pending", ["job-transforming"], "The pages are being counted.")
        : told("pendingHeld", ["job-transforming"], "The pages are being counted.");
    case "held":
      return heldState(job, kind);
    case "claimed":
      return told("processing", ["job-printing"], "The job is being printed.");
    case "uncertain":
      return told(
        "processingStopped",
        ["errors-detected"],
        "Nobody can tell yet whether the job was printed; a member of staff will decide.",
      );
    case "printed":
      return told("completed", ["job-completed-successfully"], "The job was printed.");
    case "refused":
      return told("aborted", refusalReasons(job), job.reason ?? "The job cannot be printed.");
    case "cancelled":
      return told("canceled", ["job-canceled-by-user"], "The job was cancelled by its owner.");
    case "expired":
      return told(
        "canceled",
        ["job-canceled-after-timeout"],
        "Nobody released the job in time, so it was given up.",
      );
  }
}

/** Also what a queue says of itself to whoever just sent such a job. */
export function howToTake(code: string): string {
  return `Nobody knows yet whose this document is. At a terminal sign in, choose "I have a code" and type ${shownCode(code)}.`;
}

function heldState(job: Standing, kind: Queue["kind"]): IppState {
  if (job.unclaimed === true)
    return told("pendingHeld", ["job-held-for-release"], "The job waits for its owner's code.");
  if (kind !== "direct")
    return told("pendingHeld", ["job-held-for-release"], releaseHint(job, kind));
  return job.onHold
    ? told("pendingHeld", ["job-hold-until-specified"], "The job is kept back as was asked.")
    : told("pending", ["none"], "The job waits for its printer.");
}

function releaseHint(job: Standing, kind: "virtual" | "secure"): string {
  const partly = job.partlyPrinted;
  const where = kind === "virtual" ? "at any terminal" : "at its printer";
  if (partly === undefined) return `The job is held. Release it with your badge ${where}.`;
  return `${partly.printed} of ${partly.wanted} sides came out. Release the job again with your badge ${where}.`;
}

function refusalReasons({ cause }: Standing): string[] {
  return cause === undefined || cause === "aborted-by-system"
    ? ["aborted-by-system"]
    : ["aborted-by-system", cause];
}

function told(state: JobStateName, reasons: readonly string[], message: string): IppState {
  return { state, reasons, message };
}
