/**
 * How long to wait before each further try, in milliseconds, without end: doubling, with up to a half
 * taken off so that readers that were cut off together do not come back together.
 */
export function* retryIntervals(options: {
  readonly firstMs: number;
  readonly mostMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}): Generator<number, never, undefined> {
  const { firstMs, mostMs, random } = options;
  for (let whole = firstMs; ; whole = Math.min(mostMs, whole * 2))
    yield Math.round(whole * (1 - random() / 2));
}
