import type { Reader } from "../reader.ts";

/**
 * A reader that somebody else reads and tells of: the machine with the terminal's screen. Where nobody
 * sees that screen its reader is of no use, so it counts as there as long as it is wanted.
 */
export function toldReader(id: string, onReady: () => void): Reader {
  let state: "absent" | "ready" = "absent";
  queueMicrotask(() => {
    state = "ready";
    onReady();
  });
  return {
    id,
    state: () => state,
    identity: () => ({ driver: "wedge", model: "reader that acts as a keyboard of the screen" }),
    trouble: () => undefined,
    // The screen itself shows what became of a card.
    feedback: () => undefined,
    close: () => Promise.resolve(),
  };
}
