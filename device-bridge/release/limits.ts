/**
 * How often something is tried before it is given up, where giving up is safe: nothing was sent to
 * the device yet. From the first byte on there is no giving up, only `pollsUnanswered`.
 */
export const tries = {
  claim: 6,
  reserve: 6,
  look: 6,
  /** Looks at a device that is still busy with something else, before its counter is done without. */
  unrest: 20,
  create: 5,
  /** Create-Job that is told to come back later (a single-job device that is busy). */
  createLater: 40,
  lookUp: 4,
} as const;

/** Questions in a row without an answer after which a device is gone: about an hour. */
export const pollsUnanswered = 400;

/** Samples of a device at rest, and of counts that stay, before an end is believed. */
export const quietSamplesWanted = 2;

/** Samples in which a device still waits for a document that nobody sends any more. */
export const incomingSamplesAllowed = 25;

export const pollMs = { first: 250, usual: 400, unreachable: 10_000 } as const;

/** Samples without progress after which a mere warning of the device is taken for the reason. */
export const stalledSamplesWanted = 8;

/**
 * Samples after a job's end, with nothing counted further, after which a device that still says that it
 * works is taken to work on something else: about five minutes.
 */
export const restlessSamples = 750;
