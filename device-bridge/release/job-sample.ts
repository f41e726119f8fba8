import { printedImpressions } from "../../ipp/client/impressions.ts";
import type { JobStatus } from "../../ipp/client/job-status.ts";
import type { JobSample } from "./release-event.ts";

/** Reasons with which a device says that it waits for the document, RFC 8011 §5.3.8. */
const incoming: ReadonlySet<string> = new Set(["job-incoming", "job-data-insufficient"]);
/** Reasons with which a job that looks ended still gives paper. */
const stillPrinting: ReadonlySet<string> = new Set([
  "processing-to-stop-point",
  "queued-in-device",
]);

/** What a release needs to know of its job, out of all that the device tells of it. */
export function jobSampleOf(job: JobStatus): JobSample {
  const { jobUuid, name, stateReasons, sheetsCompleted, neverProcessed } = job;
  const by = job.impressionsCompletedByColor;
  return {
    state: stateOf(job),
    incoming: stateReasons.some((reason) => incoming.has(reason)),
    stillPrinting: stateReasons.some((reason) => stillPrinting.has(reason)),
    neverProcessed,
    impressions:
      job.impressionsCompleted ?? (by === undefined ? undefined : printedImpressions(by)),
    sheets: sheetsCompleted,
    // A highlight colour is a colour.
    split:
      by === undefined
        ? undefined
        : { colour: by.fullColor + by.highlightColor, grey: by.monochrome },
    uuid: jobUuid,
    name,
  };
}

function stateOf({ state }: JobStatus): JobSample["state"] {
  switch (state) {
    case "pending":
    case "pendingHeld":
      return "waiting";
    case "processingStopped":
      return "stopped";
    case "processing":
    case "unknown":
      return "processing";
    case "canceled":
    case "aborted":
    case "completed":
      return state;
  }
}
