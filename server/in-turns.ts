import { setImmediate } from "node:timers/promises";

const AT_ONCE = 500;

/** The same items one after the other; now and then taps, and everybody else, get their turn between. */
export async function* inTurns<T>(items: Iterable<T>): AsyncGenerator<T> {
  let given = 0;
  for (const item of items) {
    given += 1;
    if (given % AT_ONCE === 0) await setImmediate();
    yield item;
  }
}
