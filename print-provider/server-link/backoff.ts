/**
 * Waiting times between tries, in milliseconds: each about twice the one before, with up to half of it
 * left to chance so that those who failed together do not come back together. `random` is in [0, 1).
 */
export function* backoff(options: {
  firstMs: number;
  mostMs: number;
  random: () => number;
}): Generator<number, never, undefined> {
  const { firstMs, mostMs, random } = options;
  for (let ms = firstMs; ; ms = Math.min(mostMs, ms * 2)) yield ms / 2 + (ms / 2) * random();
}
