import type { Refusal } from "../protocol/refusal.ts";

/** Nobody can know whether the other side did what was asked: it is asked again under the same id. */
export class LinkUnreachable extends Error {
  override readonly name = "LinkUnreachable";
}

/** The other side answered, and says no. */
export class LinkRefused extends Error {
  override readonly name = "LinkRefused";
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) {
    super(refusal.sentence);
    this.status = status;
    this.refusal = refusal;
  }
}
