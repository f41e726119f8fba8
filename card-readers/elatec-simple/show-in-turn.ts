import type { Feedback } from "../reader.ts";
import type { Lights } from "./show-signal.ts";
import { idle, type Signal, signals } from "./signals.ts";

/**
 * One signal at a time, the newest next: nobody waits for yesterday's beeps. When the last one is over
 * the reader looks idle again. `fail` is told why a reader cannot show it.
 */
export function showInTurn(
  lights: Pick<Lights, "show">,
  fail: (error: unknown) => void,
): { show(feedback: Feedback): void; stop(): void } {
  let next: Signal | undefined;
  let showing = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function work(): Promise<void> {
    showing = true;
    while (next !== undefined) {
      const signal = next;
      next = undefined;
      await lights.show(signal);
      // Another one that came meanwhile is not cut short by the end of this one.
      if (next === undefined && !stopped && signal.lastsMs !== undefined)
        timer = setTimeout(() => start(idle), signal.lastsMs);
    }
    showing = false;
  }

  function start(signal: Signal): void {
    clearTimeout(timer);
    if (stopped) return;
    next = signal;
    if (!showing) work().catch(fail);
  }

  return {
    show: (feedback) => start(signals[feedback]),
    stop() {
      stopped = true;
      clearTimeout(timer);
      next = undefined;
    },
  };
}
