import type {
  JobState,
  Particulars,
  PartlyPrinted,
  RefusedBecause,
} from "../../protocol/particulars.ts";
import type { JobSummary } from "../../protocol/provider-server.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** Why a job was refused, in IPP's words: a keyword of `job-state-reasons`, RFC 8011 §5.3.8. */
export type RefusalCause =
  | "aborted-by-system"
  | "document-format-error"
  | "unsupported-document-format"
  | "document-access-error"
  | "compression-error";

/** A job as its row says. Times are milliseconds since 1970. */
export interface Job {
  /** IPP `job-id`. */
  readonly number: number;
  /** Our own id; IPP `job-uuid`. */
  readonly id: string;
  readonly revision: number;
  readonly queue: string;
  readonly owner: string;
  readonly ownerKey: string;
  readonly title: string;
  readonly state: JobState;
  readonly onHold: boolean;
  /** It was put back from a backup, and may have been printed after that was made. */
  readonly maybePrinted: boolean;
  /** Why it was refused: for the person, and for the client. */
  readonly reason?: string;
  readonly cause?: RefusalCause;
  readonly because?: RefusedBecause;
  readonly ticket: Ticket;
  readonly particulars?: Particulars;
  readonly partlyPrinted?: PartlyPrinted;
  /** Of nobody known; its owner takes it with its code. */
  readonly unclaimed?: true;
  readonly fence: number;
  readonly submittedAt: number;
  readonly expiresAt: number;
  readonly processingAt?: number;
  readonly endedAt?: number;
}

/** What the server keeps of the job. */
export function summaryOf(job: Job): JobSummary {
  return {
    jobId: job.id,
    revision: job.revision,
    queue: job.queue,
    owner: job.owner,
    title: job.title,
    state: job.state,
    submittedAt: new Date(job.submittedAt).toISOString(),
    ...(job.particulars === undefined ? {} : { particulars: job.particulars }),
    ...(job.partlyPrinted === undefined ? {} : { partlyPrinted: job.partlyPrinted }),
    ...(job.reason === undefined ? {} : { reason: job.reason.slice(0, 1024) }),
    ...(job.because === undefined ? {} : { refusedBecause: job.because }),
    ...(job.maybePrinted ? { maybePrinted: true } : {}),
  };
}

/** Whether nothing more can come of the job: IPP's completed, canceled and aborted. */
export function hasEnded(state: JobState): boolean {
  switch (state) {
    case "printed":
    case "refused":
    case "cancelled":
    case "expired":
      return true;
    case "receiving":
    case "analysing":
    case "held":
    case "claimed":
    case "uncertain":
      return false;
  }
}
