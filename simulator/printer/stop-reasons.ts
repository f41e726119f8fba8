import type { Job, PrinterState } from "./printer-state.ts";
import { sideAt, sideCount } from "./side-plan.ts";

/** Why the engine cannot give the next side, as printer-state-reasons without their severity. */
export function stopReasons(state: PrinterState): readonly string[] {
  const reasons: string[] = [];
  if (state.stops.jammed) reasons.push("media-jam");
  if (state.stops.doorOpen) reasons.push("door-open");
  if (isOutOfPaper(state)) reasons.push("media-empty");
  if (state.sidesInTray >= state.config.trayCapacity) reasons.push("output-area-full");
  return reasons;
}

/** The job whose sides come out now, if there is one. */
export function jobAtEngine(state: PrinterState): Job | undefined {
  return state.jobs.find((job) => job.stage.kind === "printing" || job.stage.kind === "stopping");
}

/** How many sides of the job have come out. */
export function sidesPrinted(job: Job): number {
  return job.printed.colour + job.printed.grey;
}

function isOutOfPaper(state: PrinterState): boolean {
  if (state.stops.paperLeft !== 0) return false;
  const plan = jobAtEngine(state)?.plan ?? null;
  const printed = jobAtEngine(state)?.printed;
  if (plan === null || printed === undefined) return true;
  const index = printed.colour + printed.grey;
  // The back of a sheet needs no new paper.
  return index >= sideCount(plan) || sideAt(plan, index).side === "front";
}
