import type { Candidate, DriverEvents, DriverSettings, OpenedReader } from "../driver.ts";
import { chooseDrivers } from "../drivers.ts";
import { ReaderTrouble, troubleOf } from "../transport/trouble.ts";
import type { Wire } from "../transport/wire.ts";

/**
 * Opens the reader at a candidate with the driver that fits best, or the one that was named. Each driver
 * gets a wire of its own, since a stranger may have left bytes on the last one. Throws ReaderTrouble.
 */
export async function openCandidate(options: {
  readonly candidate: Candidate;
  readonly named?: string;
  readonly settings?: DriverSettings;
  readonly learned?: Map<string, unknown>;
  readonly openWire: (signal: AbortSignal) => Promise<Wire>;
  readonly events: DriverEvents;
  readonly signal: AbortSignal;
  readonly now: () => number;
}): Promise<OpenedReader> {
  const { candidate, named, settings = {}, learned, openWire, events, signal, now } = options;
  const choice = chooseDrivers(candidate, named === undefined ? {} : { named });
  if (choice.kind === "refused") throw new ReaderTrouble("foreign", choice.sentence);
  let last = new ReaderTrouble("foreign", `No driver reads at ${candidate.address}.`);
  for (const entry of choice.drivers) {
    if (signal.aborted) throw last;
    const driver = await entry.load();
    const wire = await openWire(signal);
    const giveUp = () => void wire.close();
    signal.addEventListener("abort", giveUp);
    try {
      return await driver.open({
        wire,
        candidate,
        events,
        now,
        settings,
        ...(learned === undefined ? {} : { learned }),
      });
    } catch (error) {
      await wire.close();
      last = troubleOf(error, candidate.address);
      if (last.kind !== "foreign" && last.kind !== "silent") throw last;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }
  throw last;
}
