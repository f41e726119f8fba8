export interface BackoffOptions {
  /** How often it was already tried without an answer; 0 waits not at all. */
  readonly tries: number;
  /** A random number from 0 up to 1: two waits of the same length do not stay in step. */
  readonly jitter: number;
  readonly firstMs?: number;
  readonly mostMs?: number;
}

/** How long to wait before the next try: doubling from `firstMs` up to `mostMs`, less up to a half. */
export function backoffMs(options: BackoffOptions): number {
  const { tries, jitter, firstMs = 250, mostMs = 30_000 } = options;
  if (tries <= 0) return 0;
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(tries - 1, 30));
  return Math.round(whole * (1 - jitter / 2));
}
