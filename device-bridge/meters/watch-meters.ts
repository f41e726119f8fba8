import type { IppClient } from "../../ipp/client/client.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import { getPrinterAttributes } from "../../ipp/client/printer-operations.ts";
import type { ReadingFact } from "../../protocol/meter.ts";
import { snapshotOf } from "../devices/device-snapshot.ts";
import type { DeviceGrade } from "../release/ask-device.ts";
import { isAtRest } from "../release/device-at-rest.ts";
import { dayOf, isWorthTelling, type ToldReading } from "./decide-reading.ts";

export interface MeterWatchOptions {
  readonly client: (device: string) => IppClient | undefined;
  readonly grade?: (device: string) => DeviceGrade | undefined;
  /** Whether a release has the device. */
  readonly isEngaged: (device: string) => boolean;
  /** Stores a reading, to be told to the server after all that was stored before. */
  readonly store: (reading: ReadingFact) => void;
  /** Wall clock, milliseconds. */
  readonly now: () => number;
  /** Does something later; gives a way to call it off. */
  readonly after: (ms: number, task: () => void) => () => void;
}

export interface MeterWatch {
  /** The devices whose meters are read from now on. */
  setDevices(devices: readonly string[]): void;
  /** A release at this device went on: what is being read is neither before nor after it. */
  stirred(device: string): void;
  close(): void;
}

const everyMs = 60_000;
/** A device that prints, or does not answer, is asked again after so long. */
const soonMs = 5_000;
const answerMs = 5_000;

interface Watched {
  told: ToldReading | undefined;
  /** Grows with every stir. */
  stirs: number;
  looking: boolean;
  callOff: () => void;
}

/**
 * Reads the meters of devices at start, each minute, and when a release has ended; only while the device
 * rests and no release has it, so that each reading stands between two settlements.
 */
export function watchMeters(options: MeterWatchOptions): MeterWatch {
  const { client, isEngaged, store, now, after } = options;
  const watched = new Map<string, Watched>();
  const closing = new AbortController();

  function plan(device: string, it: Watched, ms: number): void {
    it.callOff();
    if (!closing.signal.aborted) it.callOff = after(ms, () => void look(device, it));
  }

  async function look(device: string, it: Watched): Promise<void> {
    if (it.looking || watched.get(device) !== it) return;
    it.looking = true;
    const wasRead = await read(device, it).catch(() => false);
    it.looking = false;
    if (watched.get(device) === it) plan(device, it, wasRead ? everyMs : soonMs);
  }

  /** Gives whether the device rested, so that what it said is what it has printed. */
  async function read(device: string, it: Watched): Promise<boolean> {
    const ipp = client(device);
    if (ipp === undefined || isEngaged(device)) return false;
    const { stirs } = it;
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]);
    const printer = await getPrinterAttributes(ipp, { signal });
    if (!printer.ok || !isAtRest(snapshotOf(printer.value))) return false;
    const count = await countOf(device, printer.value);
    const isStale = it.stirs !== stirs || isEngaged(device) || watched.get(device) !== it;
    if (isStale || closing.signal.aborted) return false;
    const { uuid } = printer.value;
    const at = Math.round(now());
    const reading = { at, day: dayOf(at), ...count, ...(uuid === undefined ? {} : { uuid }) };
    if (!isWorthTelling(it.told, reading)) return true;
    store({ kind: "reading", device, ...reading });
    it.told = reading;
    return true;
  }

  /** From where its profile says that it counts; a counter of sheets is no meter of sides. */
  async function countOf(
    device: string,
    printer: PrinterDescription,
  ): Promise<Pick<ReadingFact, "meter" | "sides">> {
    const grade = options.grade?.(device);
    const profile = grade?.profile;
    if (profile !== undefined && profile.deviceCounts !== "sides") return { meter: "none" };
    const byIpp = printer.impressionsCompleted;
    if (byIpp !== undefined && profile?.deviceCounter !== "snmp")
      return { meter: "ipp", sides: byIpp };
    const bySnmp = await grade?.snmpCount();
    // One that is silent for once must not look like a device without a meter.
    if (bySnmp === undefined && profile?.deviceCounter === "snmp")
      throw new Error("The device does not tell its counter over SNMP.");
    return bySnmp === undefined ? { meter: "none" } : { meter: "snmp", sides: bySnmp };
  }

  return {
    setDevices(devices) {
      for (const [device, it] of watched)
        if (!devices.includes(device)) {
          it.callOff();
          watched.delete(device);
        }
      for (const device of devices) {
        if (watched.has(device)) continue;
        const it = { told: undefined, stirs: 0, looking: false, callOff: () => undefined };
        watched.set(device, it);
        plan(device, it, 0);
      }
    },
    stirred(device) {
      const it = watched.get(device);
      if (it === undefined) return;
      it.stirs += 1;
      if (!isEngaged(device)) plan(device, it, soonMs);
    },
    close() {
      closing.abort();
      for (const { callOff } of watched.values()) callOff();
    },
  };
}
