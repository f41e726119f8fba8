import type { Handling } from "../../protocol/handling.ts";
import type { ColourMode, Sides } from "../../protocol/particulars.ts";

/** The values of IPP `print-color-mode` that queues take; PWG 5100.14 §5.1.1. */
export type PrintColorMode = "auto" | "color" | "monochrome";

/** How the client wants the job printed: the job template attributes that Guichet carries out. */
export interface Ticket {
  readonly copies: number;
  readonly sides: Sides;
  readonly printColorMode: PrintColorMode;
  /** PWG 5101.1 name; none if the client did not say. */
  readonly media?: string;
  /** What else is to be done with the paper, for the device; none if it is all as usual. */
  readonly handling?: Handling;
}

/** What is printed when the client says nothing. */
export const plainTicket: Ticket = { copies: 1, sides: "one-sided", printColorMode: "auto" };

/** Grey prints every page grey; otherwise each page is what the document made it. */
export function colourModeOf(ticket: Ticket): ColourMode {
  return ticket.printColorMode === "monochrome" ? "grey" : "colour";
}
