import { setTimeout as wait } from "node:timers/promises";

export interface KeepTrying {
  /** Waiting times after failures that follow each other; begun anew after each success. */
  readonly intervals: () => Iterable<number>;
  readonly signal: AbortSignal;
  readonly onFailure: (error: unknown) => void;
}

/** Repeats `work` until the signal; after a failure it waits for the next interval. Never throws. */
export async function keepTrying(work: () => Promise<void>, options: KeepTrying): Promise<void> {
  const { intervals, signal, onFailure } = options;
  let waits = intervals()[Symbol.iterator]();
  while (!signal.aborted) {
    try {
      await work();
      waits = intervals()[Symbol.iterator]();
    } catch (error) {
      if (signal.aborted) return;
      onFailure(error);
      const next = waits.next();
      await wait(next.done ? 60_000 : next.value, undefined, { signal }).catch(() => undefined);
    }
  }
}
