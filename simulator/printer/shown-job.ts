import type { JobStateName } from "../../ipp/states.ts";
import { behaves } from "./habits.ts";
import type { Job, PrinterState } from "./printer-state.ts";
import { stopReasons } from "./stop-reasons.ts";

/** What the device says of a job: RFC 8011 §5.3.7 and §5.3.8. */
export interface ShownJob {
  readonly state: JobStateName;
  readonly reasons: readonly string[];
  /** When it ended, as the device tells it; null while it has not. */
  readonly endedAt: number | null;
}

/** Whether the device has forgotten this job, though it should still know it. */
export function isForgotten(printer: PrinterState, job: Job): boolean {
  return behaves(printer, "forgets-jobs") && showJob(printer, job).endedAt !== null;
}

/** What the device says of a job at this moment, true or not. */
export function showJob(printer: PrinterState, job: Job): ShownJob {
  const { stage } = job;
  if (stage.kind !== "ended" && job.calledCompletedAt !== null) {
    const reasons = ["job-completed-successfully"];
    return { state: "completed", reasons, endedAt: job.calledCompletedAt };
  }
  const stopped =
    stopReasons(printer).length > 0 && printer.faults["reasons-as-warnings"] === undefined;
  const going = (state: JobStateName, reason: string) =>
    ({ state, reasons: [reason], endedAt: null }) as const;
  switch (stage.kind) {
    case "incoming":
    case "receiving":
      return going("pending", "job-incoming");
    case "rendering":
      return going("processing", "job-interpreting");
    case "queued":
      return stopped
        ? going("processingStopped", "printer-stopped")
        : going("processing", "job-queued-for-marker");
    case "printing":
      return stopped
        ? going("processingStopped", "printer-stopped")
        : going("processing", "job-printing");
    case "stopping":
      return going("processing", "processing-to-stop-point");
    case "ended":
      return { state: stage.end, reasons: [stage.reason], endedAt: stage.at };
  }
}
