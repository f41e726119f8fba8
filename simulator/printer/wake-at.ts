import type { PrinterState } from "./printer-state.ts";

/** When the device next does something by itself, or null when it waits for the world. */
export function wakeAt(state: PrinterState): number | null {
  const times: number[] = [];
  if (state.power.kind === "off") return state.power.backAt;
  if (state.nextSideAt !== null) times.push(state.nextSideAt);
  for (const { stage } of state.jobs) {
    if (stage.kind === "incoming") times.push(stage.abortAt);
    if (stage.kind === "ended") times.push(stage.at + state.config.historyMs);
  }
  return times.length === 0 ? null : Math.min(...times);
}
