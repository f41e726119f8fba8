// How Node is started for a role, whoever starts it: the launcher, the supervisor or a test.

/**
 * Flags of the runtime for one role. The provider moves documents of any length through memory: with
 * a small nursery the pieces are given back as they go, so that 2 GB pass in less than 150 MB.
 */
export function nodeFlags(role) {
  return role === "provider" ? ["--max-semi-space-size=1"] : [];
}
