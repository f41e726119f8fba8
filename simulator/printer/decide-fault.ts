import { sideMs } from "./engine.ts";
import type { Fault, FaultName } from "./fault-catalogue.ts";
import type { Decision } from "./printer-effect.ts";
import type { FaultEvent, PrinterState } from "./printer-state.ts";
import { cutPower, restorePower } from "./switch-on.ts";

/** Someone sets or clears a fault. Setting it again replaces its settings. */
export function decideFault(state: PrinterState, event: FaultEvent, now: number): Decision {
  switch (event.kind) {
    case "fault-set":
      return setFault(state, event.fault, now);
    case "fault-cleared":
      return { state: clearFault(state, event.name, now), effects: [] };
    case "connection-broken":
      return { state: countBreak(state, now), effects: [] };
  }
}

function setFault(before: PrinterState, fault: Fault, now: number): Decision {
  const state = {
    ...before,
    faults: { ...before.faults, [fault.name]: fault.settings },
  };
  switch (fault.name) {
    case "paper-out":
      return stopped(state, { paperLeft: fault.settings.after });
    case "door-open":
      return stopped(state, { doorOpen: fault.settings.page === undefined });
    case "jam":
      return stopped(state, { jammed: false });
    case "slow":
      return { state: keepPace(state, now), effects: [] };
    case "power-cut": {
      const { page, seconds } = fault.settings;
      if (page !== undefined || state.power.kind === "off") return { state, effects: [] };
      const backAt = seconds === undefined ? null : now + seconds * 1000;
      return { state: cutPower(state, backAt), effects: [{ kind: "drop-connections" }] };
    }
    // A new key is shown to who connects anew.
    case "another-key":
    case "offline":
      return { state, effects: [{ kind: "drop-connections" }] };
    default:
      return { state, effects: [] };
  }
}

function clearFault(before: PrinterState, name: FaultName, now: number): PrinterState {
  const { [name]: _cleared, ...faults } = before.faults;
  const state: PrinterState = { ...before, faults };
  switch (name) {
    case "jam":
      return { ...state, stops: { ...state.stops, jammed: false } };
    case "door-open":
      return { ...state, stops: { ...state.stops, doorOpen: false } };
    case "paper-out":
      return { ...state, stops: { ...state.stops, paperLeft: null } };
    case "power-cut":
      return state.power.kind === "off" ? restorePower(state, now) : state;
    case "slow":
      return keepPace(state, now);
    default:
      return state;
  }
}

function countBreak(state: PrinterState, now: number): PrinterState {
  const drop = state.faults["connection-dropped"];
  if (drop?.times === undefined) return state;
  if (drop.times === 1) return clearFault(state, "connection-dropped", now);
  const faults = { ...state.faults, "connection-dropped": { ...drop, times: drop.times - 1 } };
  return { ...state, faults };
}

function stopped(state: PrinterState, stops: Partial<PrinterState["stops"]>): Decision {
  return { state: { ...state, stops: { ...state.stops, ...stops } }, effects: [] };
}

/** A faster pace also holds for the side that is under way. */
function keepPace(state: PrinterState, now: number): PrinterState {
  if (state.nextSideAt === null) return state;
  return { ...state, nextSideAt: Math.min(state.nextSideAt, now + sideMs(state)) };
}
