/** The document cannot be interpreted; the job is aborted with `reason`, a job-state-reasons keyword. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}
