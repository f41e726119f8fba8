import { readFileSync } from "node:fs";
import type { TestSite } from "../system/test-site.ts";
import { childrenOf } from "./process-memory.ts";

const TICK_MS = 10;

/**
 * Resolves when a site has nothing left to do (counting pages, telling the server), so that what it
 * does late is not counted against its peer's next round.
 */
export async function atRest(site: TestSite, withinMs = 15_000): Promise<void> {
  const roles = Object.values(site.roles).map((role) => role.pid());
  const until = performance.now() + withinMs;
  const look = () => worked([...roles, ...childrenOf(site.roles.provider.pid())]);
  for (let before = look(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = look();
    if (Math.abs(now - before) <= 3 * TICK_MS || performance.now() > until) return;
    before = now;
  }
}

/** Milliseconds of processor time so far, from proc(5) `stat`; nothing for one that is gone. */
function worked(pids: (number | undefined)[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const fields = statOf(pid)?.split(") ")[1]?.split(" ");
    if (fields !== undefined) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * TICK_MS;
}

function statOf(pid: number | undefined): string | undefined {
  try {
    return pid === undefined ? undefined : readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}
