import type { IppMessage } from "../../ipp/message.ts";
import type { Address } from "./job-attributes.ts";
import type { PrinterEffect } from "./printer-effect.ts";
import type { PrinterState } from "./printer-state.ts";

/** A request that came, without its document, and all that the device needs to answer it. */
export interface Asked {
  readonly printer: PrinterState;
  readonly request: IppMessage;
  readonly address: Address;
  /** Milliseconds, of the clock that `decide` is given. */
  readonly now: number;
}

/** The document that a request brings is still to be taken in; then `finishDocument` answers. */
export interface AwaitedDocument {
  readonly request: IppMessage;
  readonly address: Address;
  readonly jobId: number;
  readonly boot: number;
  readonly compression: "none" | "gzip" | "deflate";
  /** False when the job has its document, so that any further one is one too many. */
  readonly wanted: boolean;
}

export interface Reply {
  readonly printer: PrinterState;
  readonly effects: readonly PrinterEffect[];
  readonly next:
    | { readonly kind: "answer"; readonly message: IppMessage }
    | { readonly kind: "document"; readonly awaited: AwaitedDocument };
}

/** A reply that changes nothing. */
export function plain({ printer }: Asked, message: IppMessage): Reply {
  return { printer, effects: [], next: { kind: "answer", message } };
}
