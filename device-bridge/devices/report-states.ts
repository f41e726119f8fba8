import type { DeviceStates } from "../../protocol/device-states.ts";

export interface StateReportOptions {
  /** How all devices are now. */
  readonly states: () => DeviceStates["devices"];
  /** Tells the server; throws when it does not answer. */
  readonly report: (report: DeviceStates, signal: AbortSignal) => Promise<void>;
}

/** Several devices often change together: a switch that comes back, a tray that all of them watch. */
const gatherMs = 500;
const everyMs = 60_000;
/** Until it is known which devices there are. */
const unknownMs = 2_000;
/** Devices in one report, by its schema. */
const reportMost = 500;

/**
 * Tells the server how the devices are, soon after a change and every minute: who watches over the site
 * takes silence for trouble. What could not be told is told with the next minute.
 */
export function reportStates(options: StateReportOptions): {
  changed: () => void;
  close: () => void;
} {
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let soon = false;
  const plan = (inMs: number): void => {
    clearTimeout(timer);
    if (!closing.signal.aborted) timer = setTimeout(() => void tell(), inMs).unref();
  };
  const tell = async (): Promise<void> => {
    soon = false;
    const all = options.states();
    try {
      for (let from = 0; from < all.length; from += reportMost)
        await options.report({ devices: all.slice(from, from + reportMost) }, closing.signal);
    } catch {
      // The link itself tells of a server that is away.
    }
    if (!soon) plan(all.length === 0 ? unknownMs : everyMs);
  };
  plan(gatherMs);
  return {
    changed() {
      if (soon) return;
      soon = true;
      plan(gatherMs);
    },
    close() {
      closing.abort();
      clearTimeout(timer);
    },
  };
}
