/** What one screen may do. A person's fingers stay far below; a program that tries does not get far. */
export const screenLimits = {
  messageBytes: 64 * 1024,
  /** Messages that may come at once, and how many more each second. */
  burst: 60,
  perSecond: 20,
  /** Silence after which a screen is gone. It pings every few seconds. */
  silenceMs: 15_000,
  /** How long a screen may take to say what it is. */
  helloMs: 5_000,
  /** Screens at once, of all terminals. */
  screens: 256,
  screensOfOne: 8,
} as const;

export interface RateState {
  readonly left: number;
  readonly at: number;
}

export const fullRate = (now: number): RateState => ({ left: screenLimits.burst, at: now });

/** Takes one message off the rate; undefined when there were too many. `now`: monotonic milliseconds. */
export function takeMessage(rate: RateState, now: number): RateState | undefined {
  const grown = ((now - rate.at) / 1000) * screenLimits.perSecond;
  const left = Math.min(screenLimits.burst, rate.left + grown) - 1;
  return left < 0 ? undefined : { left, at: now };
}
