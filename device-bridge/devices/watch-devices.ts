import type { IppClient } from "../../ipp/client/client.ts";
import { DeviceUnreachable } from "../../ipp/client/errors.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import { getPrinterAttributes } from "../../ipp/client/printer-operations.ts";
import type { DeviceProblem } from "../../protocol/kiosk.ts";
import { troubleOf } from "./device-problems.ts";

/** What a device was when it was last looked at. */
export interface DeviceCondition {
  readonly state: "ready" | "busy" | "blocked";
  readonly problems: readonly DeviceProblem[];
}

export interface DeviceWatchOptions {
  readonly client: (device: string) => IppClient | undefined;
  /** Somebody stands before it, or it prints: look often. */
  readonly isUrgent: (device: string) => boolean;
  readonly random: () => number;
  readonly onChange: (device: string) => void;
  /** A device answered. */
  readonly onSeen?: (device: string, printer: PrinterDescription) => void;
}

export interface DeviceWatch {
  /** The devices that there are from now on. */
  setDevices(devices: readonly string[]): void;
  condition(device: string): DeviceCondition;
  /** What a release's own look brought; saves one of ours. */
  seen(device: string, printer: PrinterDescription): void;
  /** Looks at once, e.g. because somebody has just badged. */
  hurry(device: string): void;
  close(): void;
}

const idleMs = 15_000;
const urgentMs = 1_000;
const answerMs = 5_000;

const unknown: DeviceCondition = { state: "ready", problems: [] };
/** It shows a key that no person has trusted: nothing is sent to it. */
const keyChanged: DeviceCondition = { state: "blocked", problems: ["key-changed"] };
const unreachable: DeviceCondition = { state: "blocked", problems: ["unreachable"] };

interface Watched {
  condition: DeviceCondition;
  timer: NodeJS.Timeout | undefined;
  looking: boolean;
  /** Looks in a row without an answer: one may be lost without a word on the screen. */
  missed: number;
}

/** Keeps up with what each device can do, so that a screen never waits for one. */
export function watchDevices(options: DeviceWatchOptions): DeviceWatch {
  const { client, isUrgent, random, onChange } = options;
  const watched = new Map<string, Watched>();
  const closing = new AbortController();

  function set(device: string, condition: DeviceCondition): void {
    const it = watched.get(device);
    if (it === undefined || JSON.stringify(it.condition) === JSON.stringify(condition)) return;
    it.condition = condition;
    onChange(device);
  }

  function plan(device: string, inMs: number): void {
    const it = watched.get(device);
    if (it === undefined || closing.signal.aborted) return;
    clearTimeout(it.timer);
    it.timer = setTimeout(() => void look(device), inMs);
    it.timer.unref();
  }

  async function look(device: string): Promise<void> {
    const it = watched.get(device);
    const ipp = client(device);
    if (it === undefined || it.looking || ipp === undefined) return;
    it.looking = true;
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]);
    let untrusted = false;
    const printer = await getPrinterAttributes(ipp, { signal }).catch((error: unknown) => {
      untrusted = error instanceof DeviceUnreachable && error.reason === "untrusted";
      return undefined;
    });
    it.looking = false;
    if (closing.signal.aborted) return;
    if (printer?.ok === true) watch.seen(device, printer.value);
    else {
      it.missed += 1;
      // The first miss is looked at again at once.
      if (untrusted) set(device, keyChanged);
      else if (it.missed >= 2) set(device, unreachable);
    }
    const usual = isUrgent(device) ? urgentMs : idleMs;
    plan(device, it.missed === 1 ? 300 : usual * (1 - random() / 4));
  }

  const watch: DeviceWatch = {
    setDevices(devices) {
      for (const [device, it] of watched)
        if (!devices.includes(device)) {
          clearTimeout(it.timer);
          watched.delete(device);
        }
      for (const device of devices) {
        if (watched.has(device)) continue;
        watched.set(device, { condition: unknown, timer: undefined, looking: false, missed: 0 });
        plan(device, 0);
      }
    },
    condition: (device) => watched.get(device)?.condition ?? unreachable,
    seen(device, printer) {
      const it = watched.get(device);
      if (it === undefined) return;
      it.missed = 0;
      options.onSeen?.(device, printer);
      set(device, conditionOf(printer));
    },
    hurry: (device) => plan(device, 0),
    close() {
      closing.abort();
      for (const { timer } of watched.values()) clearTimeout(timer);
    },
  };
  return watch;
}

/** What a device's own words mean for a person who wants to print. */
export function conditionOf({ state, stateReasons }: PrinterDescription): DeviceCondition {
  const { problems } = troubleOf({ state, reasons: stateReasons });
  if (problems.length > 0) return { state: "blocked", problems };
  return { state: state === "processing" ? "busy" : "ready", problems: [] };
}
