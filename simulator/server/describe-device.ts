import type { PrinterState } from "../printer/printer-state.ts";
import { showJob } from "../printer/shown-job.ts";
import { showPrinter } from "../printer/shown-printer.ts";
import { sideCount } from "../printer/side-plan.ts";
import { sidesPrinted } from "../printer/stop-reasons.ts";

/** What `GET /state` tells of the device: all that the page draws, but for the paper itself. */
export function describeDevice(
  printer: PrinterState,
  more: { readonly now: number; readonly paperRevision: number },
) {
  const shown = showPrinter(printer);
  return {
    name: printer.config.name,
    location: printer.config.location,
    uuid: printer.config.uuid,
    power: printer.power.kind,
    state: shown.state,
    reasons: shown.reasons,
    message: shown.message,
    identifying: printer.identifiedUntil > more.now,
    boot: printer.boot,
    upSeconds: Math.floor((more.now - printer.bootedAt) / 1000),
    counter: printer.counter,
    /** Another text whenever a fault is set or cleared. */
    faultsSet: JSON.stringify(printer.faults),
    paperRevision: more.paperRevision,
    sidesInTray: printer.sidesInTray,
    jobs: printer.jobs.map((job) => ({
      id: job.id,
      name: job.ticket.jobName,
      user: job.ticket.user,
      // What truly becomes of the job, and what the device says of it: faults make them differ.
      stage: job.stage.kind === "ended" ? job.stage.end : job.stage.kind,
      shown: showJob(printer, job).state,
      printed: sidesPrinted(job),
      sides: job.plan === null ? null : sideCount(job.plan),
    })),
  };
}
