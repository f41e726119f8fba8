import { basename } from "node:path";

/** A sealed file, or a wrapped key, is not what was written: nothing of it may be used. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";

  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
  }
}

/** The error for a file at `path`; `what` says how it was noticed, for the log. */
export function fileSealBroken(path: string, what: string, cause?: unknown): SealBroken {
  return new SealBroken(
    `The stored document ${basename(path)} is not used, since ${what}: it was changed, cut short or sealed with another key. Ask for it to be sent again.`,
    cause,
  );
}
