import type { Random } from "./random.ts";

/** How rough one history is. Probabilities, unless they say milliseconds. */
export interface Weather {
  /** Of each message on the network, in each direction. */
  readonly loss: number;
  readonly doubling: number;
  /** The longest time that a message may be on its way. Milliseconds. */
  readonly lateMs: number;
  /** That a server or provider dies after it committed and before it answers. */
  readonly crashAfterCommit: number;
  /** That a bridge dies before it commits a step. */
  readonly crashBeforeStep: number;
  /** That a bridge dies after it committed a step and before it acts. */
  readonly crashAfterStep: number;
  /** That a connection to a device breaks, at each exchange. */
  readonly connectionBreaks: number;
  /** Mean time between two misfortunes that strike from outside. Milliseconds. */
  readonly misfortuneMs: number;
}

/** Some histories are calm, so that the road itself is walked; most are not. */
export function weatherOf(random: Random): Weather {
  const rough = random.pick([0, 0.25, 1, 1, 2]);
  const upTo = (most: number) => Math.min(0.5, rough * most * random.next());
  return {
    loss: upTo(0.2),
    doubling: upTo(0.3),
    lateMs: random.pick([500, 8_000, 60_000, 900_000]),
    crashAfterCommit: upTo(0.05),
    crashBeforeStep: upTo(0.01),
    crashAfterStep: upTo(0.04),
    connectionBreaks: upTo(0.05),
    misfortuneMs: rough === 0 ? Number.POSITIVE_INFINITY : Math.round(12_000 / rough),
  };
}
