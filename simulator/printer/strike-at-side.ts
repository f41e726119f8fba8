import { endJob } from "./change-jobs.ts";
import type { Decision } from "./printer-effect.ts";
import type { Job, PrinterState } from "./printer-state.ts";
import { cutPower } from "./switch-on.ts";

/**
 * What a fault does at the moment when a side of a job should come out, or undefined when none is
 * set for this side. The side itself is not printed.
 */
export function strikeAtSide(
  state: PrinterState,
  next: { readonly job: Job; readonly side: number; readonly at: number },
): Decision | undefined {
  const { faults, stops } = state;
  const cut = faults["power-cut"];
  if (cut?.page === next.side) {
    const backAt = cut.seconds === undefined ? null : next.at + cut.seconds * 1000;
    return { state: cutPower(state, backAt), effects: [{ kind: "drop-connections" }] };
  }
  if (faults.jam?.page === next.side) {
    if (faults.jam.outcome === "wait") {
      return { state: { ...state, stops: { ...stops, jammed: true } }, effects: [] };
    }
    const end = { end: "aborted", reason: "aborted-by-system", at: next.at } as const;
    return { state: { ...endJob(state, next.job.id, end), nextSideAt: null }, effects: [] };
  }
  if (faults["door-open"]?.page === next.side && !stops.doorOpen) {
    return { state: { ...state, stops: { ...stops, doorOpen: true } }, effects: [] };
  }
  return undefined;
}
