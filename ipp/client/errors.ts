/**
 * How far a request got before it failed. `nothing`: no byte left us. `request`: the device may
 * have acted on the attributes, e.g. have made a job, but has no byte of a document, so nothing can
 * be printed by it. `document`: the device may have some or all of the document, and may print it.
 */
export type Reached = "nothing" | "request" | "document";

export type UnreachableReason =
  | "unresolved"
  | "refused"
  | "unreachable"
  | "untrusted"
  | "cut"
  | "timeout"
  | "aborted";

/** The device could not be spoken to, or stopped in the middle. Whether it acted is in `reached`. */
export class DeviceUnreachable extends Error {
  override readonly name = "DeviceUnreachable";
  readonly reason: UnreachableReason;
  readonly reached: Reached;

  constructor(
    message: string,
    details: { reason: UnreachableReason; reached: Reached; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.reason = details.reason;
    this.reached = details.reached;
  }
}

/** The device answered, but not in IPP that makes sense: an HTTP error, or a malformed message. */
export class DeviceAnsweredBadly extends Error {
  override readonly name = "DeviceAnsweredBadly";
  readonly httpStatus: number | undefined;
  /** How the device wants to be told who speaks (`WWW-Authenticate`), at HTTP 401. */
  readonly challenge: string | undefined;
  readonly reached: Reached;

  constructor(
    message: string,
    details: {
      httpStatus?: number | undefined;
      challenge?: string | undefined;
      reached: Reached;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.httpStatus = details.httpStatus;
    this.challenge = details.challenge;
    this.reached = details.reached;
  }
}

/** The document that we were to send could not be read to its end. The device is not to blame. */
export class DocumentUnreadable extends Error {
  override readonly name = "DocumentUnreadable";
  readonly reached: Reached;

  constructor(message: string, details: { reached: Reached; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.reached = details.reached;
  }
}
