import { forgetOldest } from "../storage/forget-oldest.ts";

/** Bounds how often one caller may fail, so that nobody finds a card number or a code by trying. */
export type FailureBound = {
  /** Whether this caller failed so often that it has to wait. */
  mustWait: (key: string) => boolean;
  failed: (key: string) => void;
};

const KEYS_AT_MOST = 10_000;

/**
 * Allows `burst` failures at once and one more every `everyMs`. `now` is monotonic milliseconds. Only
 * failures count: who succeeds is never slowed. Past 10,000 callers the one who failed longest ago is
 * forgotten.
 */
export function createFailureBound(options: {
  burst: number;
  everyMs: number;
  now: () => number;
}): FailureBound {
  const { burst, everyMs, now } = options;
  const failures = new Map<string, { level: number; at: number }>();
  const level = (key: string): number => {
    const known = failures.get(key);
    return known === undefined ? 0 : Math.max(0, known.level - (now() - known.at) / everyMs);
  };
  return {
    mustWait: (key) => level(key) > burst - 1,
    failed(key) {
      const next = Math.min(burst, level(key) + 1);
      failures.delete(key);
      failures.set(key, { level: next, at: now() });
      forgetOldest(failures, KEYS_AT_MOST);
    },
  };
}
