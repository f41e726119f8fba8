import { type AllotParts, allotDue } from "./allot-due.ts";

const everyMs = 60_000;

/** Allots at once and then every minute what is due. `stop` waits for the part that is being booked. */
export function keepAllotting(parts: AllotParts): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      await allotDue(parts, stopping.signal);
    } catch (error) {
      parts.log.error({ event: "allotting-failed", err: error });
    }
    if (!stopping.signal.aborted) timer = setTimeout(start, everyMs).unref();
  };
  const start = (): void => {
    running = turn();
  };
  start();
  return {
    stop() {
      stopping.abort();
      clearTimeout(timer);
      return running;
    },
  };
}
