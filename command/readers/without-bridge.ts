import { pino } from "pino";
import { createMetrics } from "../../device-bridge/bridge-metrics.ts";
import { cardNumbersOf, plainNumbers } from "../../device-bridge/readers/card-numbers.ts";
import { openBridgeReaders } from "../../device-bridge/readers/open-bridge-readers.ts";
import { readerPlaces } from "../../device-bridge/readers/reader-places.ts";
import { showReaders } from "../../device-bridge/readers/show-readers.ts";
import type { Context } from "../context.ts";
import type { BridgeReaders } from "./bridge-readers.ts";

/**
 * The readers of this configuration's terminals, opened by this process while no bridge runs. Nobody is
 * there who could say who may see whole numbers, so nobody does; and nobody is looked up.
 */
export async function withoutBridge(
  context: Context,
): Promise<BridgeReaders & { close: () => Promise<void> }> {
  const { site, bridge } = context.settings;
  const terminals = site.terminals.filter((terminal) => terminal.bridge === bridge.id);
  const known = cardNumbersOf(site, terminals);
  const numbers = (terminal: string) => known.get(terminal) ?? plainNumbers;
  const { readers, watch } = await openBridgeReaders({
    host: bridge.readerHost,
    port: bridge.readerPort,
    log: pino({ level: "silent" }),
    metrics: createMetrics(),
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    numbers,
    onTap: ({ readerId }) => readers.feedback(readerId, "busy"),
    onChange: () => undefined,
    onState: () => undefined,
  });
  readers.setReaders(readerPlaces(terminals, () => undefined));
  return {
    show: () =>
      Promise.resolve({
        bridge: bridge.id,
        readers: showReaders(terminals, { readers, numbers }),
        newest: watch.newest(),
      }),
    async taps(after) {
      const taps = await watch.after(after, { waitMs: 20_000, whole: false });
      return { taps: [...taps], newest: watch.newest(), whole: false };
    },
    sight: () => Promise.reject(new Error("Only a running bridge can ask who may see numbers.")),
    close: () => readers.close(),
  };
}
