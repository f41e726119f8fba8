import type { StatusName } from "../../ipp/status.ts";
import type { RefusalCause } from "../jobs/job.ts";

/** A document that is not taken, and what is said about it to the client and to its owner. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";
  readonly status: StatusName;
  readonly jobCause: RefusalCause;

  constructor(status: StatusName, cause: RefusalCause, sentence: string) {
    super(sentence);
    this.status = status;
    this.jobCause = cause;
  }
}

/** The client went away, or sent so slowly that it may as well have. */
export class UploadBroken extends Error {
  override readonly name = "UploadBroken";
}
