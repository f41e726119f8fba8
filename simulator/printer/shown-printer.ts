import type { PrinterStateName } from "../../ipp/states.ts";
import type { PrinterState } from "./printer-state.ts";
import { jobAtEngine, stopReasons } from "./stop-reasons.ts";

/** What the device says of itself: RFC 8011 §5.4.11 and §5.4.12. */
export interface ShownPrinter {
  readonly state: PrinterStateName;
  readonly reasons: readonly string[];
  /** For people, on the panel and in printer-state-message. */
  readonly message: string;
}

const sentences = new Map<string, string>([
  ["media-jam", "Paper jam. Clear the paper path."],
  ["door-open", "The front door is open. Shut it."],
  ["media-empty", "The cassette is empty. Load paper."],
  ["output-area-full", "The output tray is full. Take the paper."],
]);

/** What the device says of itself at this moment, as its faults let it. */
export function showPrinter(printer: PrinterState): ShownPrinter {
  const stops = stopReasons(printer);
  const playedDown = printer.faults["reasons-as-warnings"] !== undefined;
  const reasons = stops.map((reason) => `${reason}-${playedDown ? "warning" : "error"}`);
  if (printer.faults["toner-low"] !== undefined) reasons.push("toner-low-warning");
  const working = printer.jobs.some(({ stage }) => stage.kind !== "ended");
  const atWork = jobAtEngine(printer);
  return {
    state: stops.length > 0 && !playedDown ? "stopped" : working ? "processing" : "idle",
    reasons: reasons.length === 0 ? ["none"] : reasons,
    message:
      stops.map((reason) => sentences.get(reason) ?? reason).join(" ") ||
      (atWork === undefined ? "Ready to print." : `Printing job ${atWork.id}.`),
  };
}
