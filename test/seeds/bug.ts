/**
 * Bugs that are put into the world on purpose, each in the host of a role and none in the product, to
 * see that the judge finds them.
 */
export const bugs = ["no-deduplication", "settle-before-outcome", "claim-not-durable"] as const;

export type Bug = (typeof bugs)[number];
