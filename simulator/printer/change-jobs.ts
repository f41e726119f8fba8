import type { EndedStage, Job, PrinterState } from "./printer-state.ts";

/** The state with the job of this id changed. Without such a job nothing changes. */
export function withJob(
  state: PrinterState,
  jobId: number,
  change: (job: Job) => Job,
): PrinterState {
  return {
    ...state,
    jobs: state.jobs.map((job) => (job.id === jobId ? change(job) : job)),
  };
}

/** The job that has this id in the present boot. */
export function findJob(state: PrinterState, jobId: number): Job | undefined {
  return state.jobs.find((job) => job.id === jobId);
}

/** The state with this job ended, unless it already was: an end is final (RFC 8011 §5.3.7). */
export function endJob(
  state: PrinterState,
  jobId: number,
  end: Omit<EndedStage, "kind">,
): PrinterState {
  return withJob(state, jobId, (job) =>
    job.stage.kind === "ended" ? job : { ...job, stage: { kind: "ended", ...end } },
  );
}
