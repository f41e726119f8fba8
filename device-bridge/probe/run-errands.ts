import { readDeviceKey } from "../../ipp/client/device-key.ts";
import type {
  DeviceKnowledge,
  Errand,
  ErrandDone,
  ErrandResult,
} from "../../protocol/device-profile.ts";
import type { Device } from "../../protocol/site.ts";
import { trustOf } from "../site/outside.ts";
import { tellProfile } from "./tell-profile.ts";

export interface ErrandOptions {
  readonly device: (id: string) => Device | undefined;
  readonly knowledge: (id: string) => DeviceKnowledge | undefined;
  /** Does the work while no release is at the device. */
  readonly alone: <T>(device: string, work: () => Promise<T>) => Promise<T>;
  readonly tell: (errandId: string, done: ErrandDone) => Promise<void>;
  readonly now: () => number;
  readonly onDone: (errand: Errand, result: ErrandResult) => void;
}

export interface ErrandRunner {
  /** Begins those that were not begun before. */
  run(errands: readonly Errand[]): void;
  close(): void;
}

const keyMs = 8_000;
const probeMs = 10 * 60_000;

/** Does what a person sent this bridge to do at a device, each errand once. */
export function createErrandRunner(options: ErrandOptions): ErrandRunner {
  const begun = new Set<string>();
  const closing = new AbortController();

  async function resultOf(errand: Errand): Promise<ErrandResult> {
    const device = options.device(errand.device);
    if (device === undefined) throw new Error("This bridge has no such device.");
    const { url: uri, snmp } = device;
    if (errand.kind === "key") {
      const key = await readDeviceKey({ uri, timeout: keyMs });
      const { publicKey256 = null, subject = "", validTo = "" } = key ?? {};
      return { kind: "key", key: publicKey256, subject, validTo };
    }
    const known = options.knowledge(errand.device);
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(probeMs)]);
    const print = errand.kind === "print";
    const trust = trustOf(known?.key ?? errand.key);
    const credentials = known?.credentials;
    // Loaded with the first probe, with what it reads SNMP and scanners by.
    const { probeDevice } = await import("./probe-device.ts");
    const probe = () =>
      probeDevice({ uri, trust, credentials, snmp, print, now: options.now, signal });
    const profile = print ? await options.alone(errand.device, probe) : await probe();
    const findings = tellProfile(profile).map((line) => line.slice(0, 512));
    return { kind: "probed", profile, findings };
  }

  async function carryOut(errand: Errand): Promise<void> {
    const result = await resultOf(errand).catch((error: unknown): ErrandResult => {
      const sentence = error instanceof Error ? error.message : String(error);
      return { kind: "failed", sentence: sentence.slice(0, 512) };
    });
    if (closing.signal.aborted) return;
    options.onDone(errand, result);
    // Who sent it waits; if the server is away for that long, it is sent again by hand.
    await options.tell(errand.errandId, { result }).catch(() => undefined);
  }

  return {
    run(errands) {
      for (const errand of errands) {
        if (begun.has(errand.errandId)) continue;
        begun.add(errand.errandId);
        void carryOut(errand);
      }
    },
    close: () => closing.abort(),
  };
}
