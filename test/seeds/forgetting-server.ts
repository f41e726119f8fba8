import type { JournalBatch } from "../../protocol/bridge-server.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/**
 * A server with a bug on purpose: it does not know a repeated message again. What it hears a second
 * time it takes for something new, under numbers and ids of its own.
 */
export function forgettingServer({ random, world }: { random: Random; world: World }): {
  repeatedIn(bridge: string, batch: JournalBatch): JournalBatch | undefined;
} {
  const heard = new Map<string, number>();
  const numbered = new Map<string, number>();
  return {
    repeatedIn(bridge, { epoch, entries }) {
      const key = `${bridge} ${epoch}`;
      const last = heard.get(key) ?? 0;
      const repeated = entries.filter(({ seq }) => seq <= last);
      heard.set(key, Math.max(last, entries.at(-1)?.seq ?? 0));
      if (repeated.length === 0) return undefined;
      const from = numbered.get(bridge) ?? 0;
      numbered.set(bridge, from + repeated.length);
      world.note("bug", `the server takes ${repeated.length} entries of ${bridge} for new ones`);
      return {
        epoch: 1,
        entries: repeated.map(({ fact }, index) => ({
          seq: from + index + 1,
          fact: { ...fact, releaseId: random.uuid() },
        })),
      };
    },
  };
}
