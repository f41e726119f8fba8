/**
 * Milliseconds since 1970 that never go back and are fine enough for this: the same clock as
 * `performance.timeOrigin + performance.now()` in a page of the same machine.
 */
export function instant(): number {
  return performance.timeOrigin + performance.now();
}
