import type { Driver, DriverSettings, OpenDriver, OpenedReader } from "../driver.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import {
  alone,
  amongPeople,
  flushKeys,
  flushKeysAt,
  noKeys,
  pushKey,
  type WedgeSettings,
} from "./codec.ts";

/** A reader that acts as a keyboard, at the input device that Linux has for it. It can show nothing. */
export const driver: Driver = { open: (options) => Promise.resolve(openWedge(options)) };

function openWedge({ wire, candidate, events, settings }: OpenDriver): OpenedReader {
  if (wire.carries !== "keys") throw new Error("A keyboard wedge speaks in keys only.");
  const set = wedgeSettings(settings, wire.grabbed ? alone : amongPeople);
  let state = noKeys;
  let timer: NodeJS.Timeout | undefined;
  let open = true;

  function take(step: ReturnType<typeof pushKey>): void {
    state = step.state;
    if (step.read === undefined || !open) return;
    const bytes = new TextEncoder().encode(step.read);
    events.onCard({ text: step.read, bytes, medium: "wedge" });
  }

  wire.listen({
    onKeys(strokes) {
      clearTimeout(timer);
      for (const stroke of strokes) take(pushKey(state, stroke, set));
      const due = flushKeysAt(state, set);
      if (due === undefined) return;
      timer = setTimeout(() => take(flushKeys(state, due, set)), due - state.lastAt);
    },
    onClose(trouble: ReaderTrouble) {
      // What was begun and not ended is no card.
      clearTimeout(timer);
      if (open) events.onTrouble(trouble);
      open = false;
    },
  });

  const { manufacturer = "", product = "reader that acts as a keyboard" } = candidate.usb ?? {};
  return {
    identity: { driver: "wedge", model: `${manufacturer} ${product}`.trim() },
    capabilities: { feedback: false, presence: false, tagType: false },
    feedback: () => undefined,
    async close() {
      open = false;
      clearTimeout(timer);
      await wire.close();
    },
  };
}

/** What a site sets, over what is usual. Throws ReaderTrouble with a sentence where it cannot be meant. */
export function wedgeSettings(given: DriverSettings, usual: WedgeSettings): WedgeSettings {
  const { prefix = usual.prefix, suffix = usual.suffix, gapMs = usual.gapMs } = given;
  if (typeof prefix !== "string" || prefix.length > 16)
    throw wrong("prefix", "up to 16 characters that the reader types before each number");
  if (suffix !== "enter" && suffix !== "tab" && suffix !== "enter-or-tab" && suffix !== "none")
    throw wrong("suffix", "enter, tab, enter-or-tab or none");
  if (typeof gapMs !== "number" || !(gapMs >= 1 && gapMs <= 1_000))
    throw wrong("gapMs", "the longest pause between two keys, 1 to 1000 milliseconds");
  return { ...usual, prefix, suffix, gapMs };
}

function wrong(key: string, meaning: string): ReaderTrouble {
  return new ReaderTrouble("foreign", `The setting ${key} of a wedge reader is ${meaning}.`);
}
