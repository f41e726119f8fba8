/**
 * Why a reader cannot be used. `gone`: it is not there. `busy`: another program has it. `forbidden`: this
 * program may not open it. `silent`: it is there, and does not answer. `foreign`: what answers is no
 * reader of this kind.
 */
export type TroubleKind = "gone" | "busy" | "forbidden" | "silent" | "foreign";

/** The outside failed: a reader, its cable, or its rights. The message is a sentence for a technician. */
export class ReaderTrouble extends Error {
  readonly kind: TroubleKind;

  constructor(kind: TroubleKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "ReaderTrouble";
    this.kind = kind;
  }
}

/**
 * What an error of the system says of a reader at `address`. Serial ports tell theirs in words, other
 * parts by a code; both are looked at. What nobody knows counts as gone: it is tried again.
 */
export function troubleOf(error: unknown, address: string): ReaderTrouble {
  if (error instanceof ReaderTrouble) return error;
  const { code, message } = partsOf(error);
  const told = `${code} ${message}`;
  const options = { cause: error };
  if (/EBUSY|EAGAIN|cannot lock|temporarily unavailable|resource busy|in use/i.test(told))
    return new ReaderTrouble(
      "busy",
      `Another program has the reader at ${address}. Stop it; it is tried again.`,
      options,
    );
  if (/EACCES|EPERM|permission denied|access (is )?denied/i.test(told))
    return new ReaderTrouble(
      "forbidden",
      `The reader at ${address} may not be opened by this user. See the rules for udev in docs/deploy.md.`,
      options,
    );
  if (/ECONNRESET|EPIPE/.test(told))
    return new ReaderTrouble("gone", `The connection to the reader at ${address} broke.`, options);
  if (/ETIMEDOUT|timed out/i.test(told))
    return new ReaderTrouble("gone", `Nothing answers at ${address}.`, options);
  return new ReaderTrouble("gone", `There is no reader at ${address} (${message}).`, options);
}

function partsOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const code = "code" in error ? String(error.code) : "";
  return { code, message: error.message };
}
