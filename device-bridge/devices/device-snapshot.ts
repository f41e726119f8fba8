import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import type { DeviceSnapshot } from "../release/release-event.ts";
import { troubleOf } from "./device-problems.ts";

/** What a release needs to know of a device, out of all that it tells of itself. */
export function snapshotOf(printer: PrinterDescription): DeviceSnapshot {
  const { state, stateReasons, upTime, queuedJobCount, impressionsCompleted } = printer;
  const { problems, suspicions } = troubleOf({ state, reasons: stateReasons });
  return {
    upTime,
    state,
    queued: queuedJobCount,
    counter: impressionsCompleted,
    problem: problems[0],
    suspicion: suspicions[0],
  };
}
