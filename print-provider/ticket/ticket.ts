import type { Handling } from "../../protocol/handling.ts";
import type { ColourMode, NumberUp, PageRanges, Sides } from "../../protocol/particulars.ts";

/** The values of IPP `print-color-mode` that queues take; PWG 5100.14 §5.1.1. */
export type PrintColorMode = "auto" | "color" | "monochrome" | "process-monochrome";

/** How the client wants the job printed: the job template attributes that Guichet carries out. */
export interface Ticket {
  readonly copies: number;
  readonly sides: Sides;
  readonly printColorMode: PrintColorMode;
  /** Which pages of the document are printed; none means all. */
  readonly pageRanges?: PageRanges;
  /** How many pages go on a side; none means one. */
  readonly numberUp?: NumberUp;
  /** PWG 5101.1 name; none if the client did not say. */
  readonly media?: string;
  /** What else is to be done with the paper, for the device; none if it is all as usual. */
  readonly handling?: Handling;
}

/** What is printed when the client says nothing. */
export const plainTicket: Ticket = { copies: 1, sides: "one-sided", printColorMode: "auto" };

/**
 * Grey prints every page grey; otherwise each page is what the document made it. The grey of
 * `process-monochrome` may be mixed from coloured inks, but it is asked of a device as `monochrome`.
 */
export function colourModeOf(ticket: Ticket): ColourMode {
  switch (ticket.printColorMode) {
    case "monochrome":
    case "process-monochrome":
      return "grey";
    case "auto":
    case "color":
      return "colour";
  }
}
