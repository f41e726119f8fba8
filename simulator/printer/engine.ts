import { endJob, withJob } from "./change-jobs.ts";
import { behaves } from "./habits.ts";
import { countSide, impressions, type PrintedSide } from "./printed-side.ts";
import type { Decision, PrinterEffect } from "./printer-effect.ts";
import type { Job, PrinterState } from "./printer-state.ts";
import { type SidePlan, sideAt, sideCount } from "./side-plan.ts";
import { jobAtEngine, sidesPrinted, stopReasons } from "./stop-reasons.ts";
import { strikeAtSide } from "./strike-at-side.ts";

/** Sides given in one go, so that an engine without a pace leaves room for other things. */
const sidesPerRun = 200;

/** Lets the engine do all that is due by `now`, at most `sidesPerRun` sides of it. */
export function runEngine(start: PrinterState, now: number): Decision {
  let state = start;
  const effects: PrinterEffect[] = [];
  const last = start.counter.colour + start.counter.grey + sidesPerRun;
  while (impressions(state.counter) < last) {
    const step = nextStep(state, now);
    if (step === undefined) return { state, effects };
    state = step.state;
    effects.push(...step.effects);
    if (state.nextSideAt !== null && state.nextSideAt > now) break;
  }
  return { state, effects };
}

/** How long one side takes now, in milliseconds. */
export function sideMs(state: PrinterState): number {
  const pace = state.faults.slow?.pagesPerMinute ?? state.config.pagesPerMinute;
  return pace === 0 ? 0 : 60_000 / pace;
}

/** The next thing that the engine does at `now`, or undefined when it has to wait. */
function nextStep(state: PrinterState, now: number): Decision | undefined {
  if (state.power.kind === "off") return undefined;
  const job = jobAtEngine(state);
  if (job === undefined || job.plan === null) return startNextJob(state, now);
  const ended = endWhenDone(state, job, now);
  if (ended !== undefined) return justState({ ...ended, nextSideAt: null });
  if (stopReasons(state).length > 0) {
    return state.nextSideAt === null ? undefined : justState({ ...state, nextSideAt: null });
  }
  if (state.nextSideAt === null) return justState({ ...state, nextSideAt: now + sideMs(state) });
  if (state.nextSideAt > now) return undefined;
  const next = { side: sidesPrinted(job) + 1, job, at: state.nextSideAt };
  return strikeAtSide(state, next) ?? printSide(state, { job, plan: job.plan, at: next.at });
}

function startNextJob(state: PrinterState, now: number): Decision | undefined {
  const next = state.jobs.find((job) => job.stage.kind === "queued");
  if (next === undefined) {
    // The side that it was about to give is of a job that ended in the meantime.
    return state.nextSideAt === null ? undefined : justState({ ...state, nextSideAt: null });
  }
  const warm = state.lastSideAt !== null && now - state.lastSideAt <= state.config.warmForMs;
  const started = withJob(state, next.id, (job) => ({
    ...job,
    stage: { kind: "printing" },
  }));
  const firstSideMs = sideMs(state) + (warm ? 0 : state.config.warmUpMs);
  return justState({ ...started, nextSideAt: now + firstSideMs });
}

/** The state with this job ended, when nothing of it is left or nothing of it can come. */
function endWhenDone(state: PrinterState, job: Job, now: number): PrinterState | undefined {
  if (job.stage.kind === "stopping") {
    // A canceled job does not wait for someone to mend the device: its sheets are thrown out.
    if (job.stage.sidesLeft > 0 && stopReasons(state).length === 0) return undefined;
    return endJob(state, job.id, { end: "canceled", reason: "job-canceled-by-user", at: now });
  }
  if (job.plan === null || sidesPrinted(job) < sideCount(job.plan)) return undefined;
  const unseen = behaves(state, "counts-extra") ? 1 : 0;
  const counted = { ...state, uncounted: state.uncounted + unseen };
  return endJob(counted, job.id, {
    end: "completed",
    reason: "job-completed-successfully",
    at: now,
  });
}

function printSide(
  state: PrinterState,
  { job, plan, at }: { readonly job: Job; readonly plan: SidePlan; readonly at: number },
): Decision {
  const planned = sideAt(plan, sidesPrinted(job));
  const counter = countSide(state.counter, planned);
  const side: PrintedSide = {
    job: job.id,
    jobUuid: job.uuid,
    jobName: job.ticket.jobName,
    user: job.ticket.user,
    page: planned.page,
    pages: plan.pages.length,
    copy: planned.copy,
    sheet: planned.sheet,
    side: planned.side,
    colour: planned.colour,
    size: planned.size,
    ...(job.ticket.handling === undefined ? {} : { handling: job.ticket.handling }),
    at: new Date(at).toISOString(),
    impression: impressions(counter),
  };
  const { paperLeft } = state.stops;
  const printed = withJob(state, job.id, (before) => ({
    ...before,
    printed: countSide(before.printed, planned),
    stage:
      before.stage.kind === "stopping"
        ? { kind: "stopping", sidesLeft: before.stage.sidesLeft - 1 }
        : before.stage,
  }));
  return {
    state: {
      ...printed,
      counter,
      stops: { ...state.stops, paperLeft: paperLeft === null ? null : Math.max(0, paperLeft - 1) },
      sidesInTray: state.sidesInTray + 1,
      lastSideAt: at,
      nextSideAt: at + sideMs(state),
    },
    effects: [{ kind: "print-side", side }],
  };
}

function justState(state: PrinterState): Decision {
  return { state, effects: [] };
}
