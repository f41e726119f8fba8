import { endJob, findJob, withJob } from "./change-jobs.ts";
import { sideMs } from "./engine.ts";
import { behaves } from "./habits.ts";
import { newCounter } from "./printed-side.ts";
import type { Decision } from "./printer-effect.ts";
import type { Job, JobEvent, PrinterState } from "./printer-state.ts";
import { planSides, sideCount } from "./side-plan.ts";
import { sidesPrinted, stopReasons } from "./stop-reasons.ts";
import type { Ticket } from "./ticket.ts";

/** What becomes of a job when something happens to it. What comes too late changes nothing. */
export function decideJob(state: PrinterState, event: JobEvent, now: number): Decision {
  switch (event.kind) {
    case "job-created":
      return justState(createJob(state, event.ticket, now));
    case "document-begun":
      return justState(
        changeWhile(state, event.jobId, ["incoming"], (job) => ({
          ...job,
          stage: { kind: "receiving" },
        })),
      );
    case "document-received":
      return receiveDocument(state, event, now);
    case "document-lost": {
      const job = findJob(state, event.jobId);
      if (job?.stage.kind !== "receiving" && job?.stage.kind !== "incoming") {
        return justState(state);
      }
      return justState(endJob(state, job.id, { end: "aborted", reason: event.reason, at: now }));
    }
    case "document-read":
      if (event.boot !== state.boot) return justState(state);
      return justState(
        changeWhile(state, event.jobId, ["rendering"], (job) => ({
          ...job,
          plan: planSides({
            pages: event.pages,
            ticket: obeyed(state, job.ticket),
            copies: copiesMade(state, job.ticket),
          }),
          stage: { kind: "queued" },
        })),
      );
    case "document-unreadable": {
      const job = findJob(state, event.jobId);
      if (event.boot !== state.boot || job?.stage.kind !== "rendering") return justState(state);
      return justState(endJob(state, job.id, { end: "aborted", reason: event.reason, at: now }));
    }
    case "job-canceled":
      return justState(cancelJob(state, event.jobId, now));
  }
}

function createJob(state: PrinterState, ticket: Ticket, now: number): PrinterState {
  const job: Job = {
    id: state.nextJobId,
    uuid: jobUuid(state),
    ticket,
    createdAt: now,
    startedAt: null,
    stage: { kind: "incoming", abortAt: now + state.config.documentWaitMs },
    plan: null,
    printed: newCounter,
    bytes: 0,
    calledCompletedAt: null,
  };
  const again = behaves(state, "ids-again");
  // The number's last job is forgotten with its number.
  const others = again ? state.jobs.filter(({ id }) => id !== job.id) : state.jobs;
  const nextJobId = again ? (state.nextJobId % idsOfAll) + 1 : state.nextJobId + 1;
  return { ...state, jobs: [...others, job], jobsMade: state.jobsMade + 1, nextJobId };
}

/** How many numbers a device has that gives the same ones again and again. */
const idsOfAll = 3;

function copiesMade(state: PrinterState, { copies }: Ticket): number {
  if (behaves(state, "copies-ignored")) return 1;
  return behaves(state, "copies-doubled") && copies > 1 ? copies * 2 : copies;
}

/** The wishes that the device does as it was told; it says nothing of the others. */
function obeyed(state: PrinterState, ticket: Ticket): Ticket {
  return {
    ...ticket,
    ...(behaves(state, "page-ranges-ignored") ? { pageRanges: [] } : {}),
    ...(behaves(state, "sides-ignored") ? { sides: "one-sided" as const } : {}),
  };
}

function receiveDocument(
  state: PrinterState,
  { jobId, bytes }: { readonly jobId: number; readonly bytes: number },
  now: number,
): Decision {
  const job = findJob(state, jobId);
  if (job === undefined || (job.stage.kind !== "receiving" && job.stage.kind !== "incoming")) {
    return justState(state);
  }
  return {
    state: withJob(state, jobId, (before) => ({
      ...before,
      bytes,
      startedAt: now,
      stage: { kind: "rendering" },
      calledCompletedAt: behaves(state, "early-completed") ? now : null,
    })),
    effects: [{ kind: "read-document", boot: state.boot, jobId }],
  };
}

function cancelJob(state: PrinterState, jobId: number, now: number): PrinterState {
  const job = findJob(state, jobId);
  if (job === undefined || job.stage.kind === "ended" || job.stage.kind === "stopping") {
    return state;
  }
  const inPath = job.stage.kind === "printing" ? sidesInPath(state, job, now) : 0;
  if (inPath === 0) {
    return endJob(state, jobId, { end: "canceled", reason: "job-canceled-by-user", at: now });
  }
  return withJob(state, jobId, (before) => ({
    ...before,
    stage: { kind: "stopping", sidesLeft: inPath },
  }));
}

/** Sides that have left the cassette and come out whatever one wants. */
function sidesInPath(state: PrinterState, job: Job, now: number): number {
  if (job.plan === null || stopReasons(state).length > 0) return 0;
  const warmingUp = state.nextSideAt !== null && state.nextSideAt - now > sideMs(state);
  if (warmingUp) return 0;
  return Math.min(state.config.pathSides, sideCount(job.plan) - sidesPrinted(job));
}

function changeWhile(
  state: PrinterState,
  jobId: number,
  stages: readonly Job["stage"]["kind"][],
  change: (job: Job) => Job,
): PrinterState {
  return withJob(state, jobId, (job) => (stages.includes(job.stage.kind) ? change(job) : job));
}

/** A UUID in the free form of RFC 9562 §5.8, never the same twice even though ids are. */
function jobUuid({ config, boot, jobsMade }: PrinterState): string {
  const hex = (value: number, digits: number) =>
    value.toString(16).padStart(digits, "0").slice(-digits);
  const { seed } = config;
  return [
    seed.slice(0, 8),
    seed.slice(8, 12),
    `8${hex(boot, 3)}`,
    `8${seed.slice(12, 15)}`,
    hex(jobsMade + 1, 12),
  ].join("-");
}

function justState(state: PrinterState): Decision {
  return { state, effects: [] };
}
