import { endJob } from "./change-jobs.ts";
import { decideFault } from "./decide-fault.ts";
import { decideJob } from "./decide-job.ts";
import { runEngine } from "./engine.ts";
import type { Decision } from "./printer-effect.ts";
import type { PrinterEvent, PrinterState } from "./printer-state.ts";
import { restorePower } from "./switch-on.ts";

/**
 * The device: what becomes of it when something happens at `now` (milliseconds of one clock that
 * never goes back). The effects must be carried out, in order, before the new state is believed.
 * The device wants to be asked again, with a tick, at `wakeAt(state)`.
 */
export function decide(state: PrinterState, event: PrinterEvent, now: number): Decision {
  const before = catchUp(state, now);
  const decided = apply(before.state, event, now);
  const after = runEngine(decided.state, now);
  return {
    state: after.state,
    effects: [...before.effects, ...decided.effects, ...after.effects],
  };
}

/** How long the panel blinks after Identify-Printer. */
const identifyMs = 10_000;

/** All that time alone does: power comes back, waiting ends, history fades, the engine runs. */
function catchUp(start: PrinterState, now: number): Decision {
  let state = start;
  if (state.power.kind === "off" && state.power.backAt !== null && state.power.backAt <= now) {
    state = restorePower(state, state.power.backAt);
  }
  for (const job of state.jobs) {
    if (job.stage.kind === "incoming" && job.stage.abortAt <= now) {
      const at = job.stage.abortAt;
      state = endJob(state, job.id, { end: "aborted", reason: "aborted-by-system", at });
    }
  }
  const remembered = state.jobs.filter(
    (job) => job.stage.kind !== "ended" || job.stage.at + state.config.historyMs > now,
  );
  if (remembered.length < state.jobs.length) state = { ...state, jobs: remembered };
  return runEngine(state, now);
}

function apply(state: PrinterState, event: PrinterEvent, now: number): Decision {
  switch (event.kind) {
    case "tick":
      return justState(state);
    case "fault-set":
    case "fault-cleared":
    case "connection-broken":
      return decideFault(state, event, now);
    case "paper-taken":
      return { state: { ...state, sidesInTray: 0 }, effects: [{ kind: "empty-tray" }] };
    case "identified":
      return justState({ ...state, identifiedUntil: now + identifyMs });
    default:
      // A device without power hears nothing; its own late work is of another boot.
      return state.power.kind === "off" ? justState(state) : decideJob(state, event, now);
  }
}

function justState(state: PrinterState): Decision {
  return { state, effects: [] };
}
