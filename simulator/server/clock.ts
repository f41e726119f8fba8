/** Time and waiting, given to whatever waits, so that a test can own them. */
export interface Clock {
  /** Milliseconds since 1970 by a clock that never goes back. */
  now(): number;
  /** Calls `wake` once at that time, or as soon as it can after it. Gives a way to call it off. */
  wakeAt(at: number, wake: () => void): () => void;
}

/** Longer waits do not fit into a timer; who waits is then asked too early, which does no harm. */
const longestWaitMs = 2 ** 31 - 1;

/** The machine's own monotonic clock. */
export function realClock(): Clock {
  const now = () => performance.timeOrigin + performance.now();
  return {
    now,
    wakeAt(at, wake) {
      const wait = Math.min(longestWaitMs, Math.max(0, Math.ceil(at - now())));
      const timer = setTimeout(wake, wait);
      return () => clearTimeout(timer);
    },
  };
}
