import { waitBeforeTry } from "./backoff.ts";

/** What is kept over a reload: `sessionStorage` in a browser. */
type Memory = Pick<Storage, "getItem" | "setItem">;

const key = "guichet-reloads";
/** A page that ran so long has recovered: the next reload is the first again. */
const recoveredAfterMs = 300_000;

/**
 * Makes the function that loads the page again, with a pause that grows from one reload to the next, so
 * that a page that cannot start does not load itself in a circle. Many calls make one reload.
 */
export function pageReloader(options: {
  memory: Memory;
  /** Wall-clock milliseconds: only ever compared with itself. */
  now: () => number;
  random: () => number;
  later: (action: () => void, ms: number) => void;
  reload: () => void;
}): () => void {
  let isComing = false;
  return () => {
    if (isComing) return;
    isComing = true;
    const { count, at } = remembered(options.memory);
    const since = options.now() - at;
    const failures = since >= 0 && since < recoveredAfterMs ? count : 0;
    options.memory.setItem(key, JSON.stringify([failures + 1, options.now()]));
    const random = options.random();
    const pause =
      failures === 0 ? 0 : waitBeforeTry({ failures, first: 500, most: 60_000, random });
    options.later(options.reload, pause);
  };
}

function remembered(memory: Memory): { count: number; at: number } {
  try {
    const value: unknown = JSON.parse(memory.getItem(key) ?? "");
    if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number")
      return { count: value[0], at: value[1] };
  } catch {
    // Nothing remembered, or not by us: the same as the first time.
  }
  return { count: 0, at: 0 };
}
