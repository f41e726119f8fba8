/** How long a role that died waits before it is started again, and when it is given up. */
export type Restart = { kind: "again"; afterMs: number } | { kind: "give-up" };

const QUICK_MS = 60_000;
const GIVE_UP_AFTER = 8;

/**
 * Decides from when a role died lately (monotonic milliseconds, oldest first, the newest included).
 * The first death is mended at once, since a corridor waits; a role that dies again and again waits
 * longer each time, and one that never came up is given up with a sentence instead of spinning.
 */
export function decideRestart(deaths: readonly number[], everReady: boolean): Restart {
  const last = deaths.at(-1) ?? 0;
  const lately = deaths.filter((at) => last - at < QUICK_MS).length;
  if (!everReady && lately >= 2) return { kind: "give-up" };
  if (lately > GIVE_UP_AFTER && !everReady) return { kind: "give-up" };
  return { kind: "again", afterMs: lately <= 1 ? 0 : Math.min(10_000, 100 * 2 ** (lately - 2)) };
}
