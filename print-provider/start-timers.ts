import type { ProviderContext } from "./provider-context.ts";
import { upkeep } from "./upkeep.ts";

const upkeepMs = 15_000;
const spaceMs = 5_000;

/** Looks after what depends on the clock, now and from time to time. Gives how to stop. */
export function startTimers(context: ProviderContext, look: () => void): () => void {
  const { log } = context;
  const tend = (): void => {
    try {
      upkeep(context);
    } catch (error) {
      log.error({ event: "upkeep-failed", err: error }, "tried again later");
    }
  };
  const lookAgain = (): void => {
    try {
      look();
    } catch (error) {
      log.error({ event: "space-unknown", err: error });
    }
  };
  tend();
  const timers = [setInterval(tend, upkeepMs), setInterval(lookAgain, spaceMs)];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
