import type { PrintedSide } from "./printed-side.ts";
import type { PrinterState } from "./printer-state.ts";

/** What the world must do for the device, in this order, before the new state counts. */
export type PrinterEffect =
  /** Paper and counter are one fact: both must be durable before anyone is told of either. */
  | { readonly kind: "print-side"; readonly side: PrintedSide }
  | { readonly kind: "empty-tray" }
  /** Read the document's pages and answer with `document-read` or `document-unreadable`. */
  | { readonly kind: "read-document"; readonly boot: number; readonly jobId: number }
  /** The power went: every connection to the device ends without a word. */
  | { readonly kind: "drop-connections" };

export interface Decision {
  readonly state: PrinterState;
  readonly effects: readonly PrinterEffect[];
}
