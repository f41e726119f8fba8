import { readFileSync } from "node:fs";

const TICK_MS = 10;

/**
 * Resolves when these processes have nothing left to do (counting pages, telling the server), so that
 * what one of them does late is not counted against its peer's next round.
 */
export async function atRest(pids: (number | undefined)[], withinMs = 15_000): Promise<void> {
  const until = performance.now() + withinMs;
  for (let before = worked(pids); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = worked(pids);
    if (now - before <= 2 * TICK_MS || performance.now() > until) return;
    before = now;
  }
}

/** Milliseconds of processor time so far, from proc(5) `stat`. */
export function worked(pids: (number | undefined)[]): number {
  let ticks = 0;
  for (const pid of pids) {
    if (pid === undefined) continue;
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * TICK_MS;
}
