import type { StatusName } from "../../ipp/status.ts";
import type { RefusedBecause } from "../../protocol/particulars.ts";
import type { RefusalCause } from "../jobs/job.ts";

/** A document that is not taken, and what is said about it to the client and to its owner. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";
  readonly status: StatusName;
  readonly jobCause: RefusalCause;
  readonly because: RefusedBecause;

  constructor(
    status: StatusName,
    { cause, because }: { cause: RefusalCause; because: RefusedBecause },
    sentence: string,
  ) {
    super(sentence);
    this.status = status;
    this.jobCause = cause;
    this.because = because;
  }
}

/** The client went away, or sent so slowly that it may as well have. */
export class UploadBroken extends Error {
  override readonly name = "UploadBroken";
}
