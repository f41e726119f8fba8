import { newCounter, type PageCounter } from "./printed-side.ts";
import { noStops, type PrinterConfig, type PrinterState } from "./printer-state.ts";

/** A device that is switched on for the first time, with what its memory kept. */
export function switchOn(options: {
  readonly config: PrinterConfig;
  readonly now: number;
  readonly counter?: PageCounter;
  readonly sidesInTray?: number;
}): PrinterState {
  return {
    config: options.config,
    power: { kind: "on" },
    boot: 1,
    bootedAt: options.now,
    nextJobId: 1,
    jobsMade: 0,
    jobs: [],
    counter: options.counter ?? newCounter,
    uncounted: 0,
    faults: {},
    stops: noStops,
    nextSideAt: null,
    lastSideAt: null,
    sidesInTray: options.sidesInTray ?? 0,
    identifiedUntil: 0,
  };
}

/**
 * The power has gone: what was in memory is lost, what is on paper and in the counter stays.
 * `backAt` null means until someone switches the device on again.
 */
export function cutPower(state: PrinterState, backAt: number | null): PrinterState {
  return {
    ...state,
    power: { kind: "off", backAt },
    jobs: [],
    nextSideAt: null,
    lastSideAt: null,
  };
}

/** The power is back: job-ids and the up-time start again, and the power cut is over. */
export function restorePower(state: PrinterState, now: number): PrinterState {
  const { "power-cut": _over, ...faults } = state.faults;
  return {
    ...state,
    power: { kind: "on" },
    boot: state.boot + 1,
    bootedAt: now,
    nextJobId: 1,
    jobsMade: 0,
    faults,
  };
}
