import type { IppClient } from "../../ipp/client/client.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import type { DeviceAbilities, DeviceReport } from "../../protocol/handling.ts";
import { askAbilities } from "./read-abilities.ts";

export interface AbilityWatchOptions {
  readonly client: (device: string) => IppClient | undefined;
  /** Tells the server; throws when it does not answer. */
  readonly report: (report: DeviceReport, signal: AbortSignal) => Promise<void>;
  /** A device can do something else than was known. */
  readonly onChange: (device: string) => void;
}

export interface AbilityWatch {
  setDevices(devices: readonly string[]): void;
  /** What a device can do, as last heard; undefined before it ever told. */
  of(device: string): DeviceAbilities | undefined;
  /** A look at the device for another reason: it is there, and this is what lies in its trays. */
  seen(device: string, printer: PrinterDescription): void;
  /** It did not do what it had told: it is asked again when it is next seen. */
  doubt(device: string): void;
  close(): void;
}

/** Finishers and trays are changed by hand, and seldom. */
const againMs = 10 * 60_000;
const answerMs = 8_000;
const reportAgainMs = 15_000;
/** Devices in one report, by its schema. */
const reportMost = 100;

interface Watched {
  abilities: DeviceAbilities | undefined;
  /** What of the last look would change with the abilities. */
  sign: string;
  askedAt: number | undefined;
  asking: boolean;
  told: boolean;
}

/**
 * Keeps up with what devices can do, and tells the server. A device is asked when it was seen to be
 * there: a device that is away is looked for by `watchDevices` only.
 */
export function watchAbilities(options: AbilityWatchOptions): AbilityWatch {
  const { client, report, onChange } = options;
  const watched = new Map<string, Watched>();
  const closing = new AbortController();
  let reporting = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(device: string, it: Watched): Promise<void> {
    const ipp = client(device);
    if (ipp === undefined) return;
    it.asking = true;
    it.askedAt = performance.now();
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]);
    const answer = await askAbilities(ipp, signal).catch(() => undefined);
    it.asking = false;
    if (closing.signal.aborted || answer?.ok !== true) return;
    const before = JSON.stringify(it.abilities);
    it.abilities = answer.value;
    if (JSON.stringify(it.abilities) === before) return;
    it.told = false;
    onChange(device);
    void tell();
  }

  async function tell(): Promise<void> {
    if (reporting || closing.signal.aborted) return;
    reporting = true;
    clearTimeout(timer);
    try {
      for (let news = untold(); news.length > 0; news = untold()) {
        const some = news.slice(0, reportMost);
        for (const { it } of some) it.told = true;
        const devices = some.map(({ device, abilities }) => ({ device, abilities }));
        await report({ devices }, closing.signal).catch((error: unknown) => {
          for (const { it } of some) it.told = false;
          throw error;
        });
      }
    } catch {
      // The link tells of a server that is away; this can wait for it.
      if (!closing.signal.aborted) timer = setTimeout(() => void tell(), reportAgainMs).unref();
    } finally {
      reporting = false;
    }
  }

  function untold() {
    return [...watched].flatMap(([device, it]) =>
      it.told || it.abilities === undefined ? [] : [{ device, abilities: it.abilities, it }],
    );
  }

  return {
    setDevices(devices) {
      for (const device of watched.keys()) if (!devices.includes(device)) watched.delete(device);
      for (const device of devices)
        if (!watched.has(device))
          watched.set(device, {
            abilities: undefined,
            sign: "",
            askedAt: undefined,
            asking: false,
            told: true,
          });
    },
    of: (device) => watched.get(device)?.abilities,
    seen(device, printer) {
      const it = watched.get(device);
      if (it === undefined || it.asking) return;
      const sign = JSON.stringify([printer.mediaReady, printer.sides, printer.colorModes]);
      const due = it.askedAt === undefined || performance.now() - it.askedAt >= againMs;
      if (!due && sign === it.sign) return;
      it.sign = sign;
      void ask(device, it);
    },
    doubt(device) {
      const it = watched.get(device);
      if (it !== undefined) it.askedAt = undefined;
    },
    close() {
      closing.abort();
      clearTimeout(timer);
    },
  };
}
