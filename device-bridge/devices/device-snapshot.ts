import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import type { DeviceSnapshot } from "../release/release-event.ts";
import { troubleOf } from "./device-problems.ts";

/**
 * What a release needs to know of a device, out of all that it tells of itself. `counter`: its own
 * counter, where that is not IPP's count of sides.
 */
export function snapshotOf(
  printer: PrinterDescription,
  counter: number | undefined = printer.impressionsCompleted,
): DeviceSnapshot {
  const { state, stateReasons, upTime, queuedJobCount } = printer;
  const { problems, suspicions } = troubleOf({ state, reasons: stateReasons });
  return {
    upTime,
    state,
    queued: queuedJobCount,
    counter,
    problem: problems[0],
    suspicion: suspicions[0],
  };
}
