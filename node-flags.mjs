// How Node is started for a role, whoever starts it: the launcher, the supervisor, a service manager
// (`deploy/`) or a test.

/** Megabytes of the nursery, where V8's own 16 are more than a role that mostly waits has use for. */
const nurseries = {
  server: 4,
  // It moves documents of any length: given back as they go, 2 GB pass in less than 150 MB.
  provider: 1,
  // It draws a view at each change; what is left of them would stay for as long as it runs.
  bridge: 4,
};

const redirect = new URL("./libraries/redirect.mjs", import.meta.url).href;

/** Flags of the runtime for one role. */
export function nodeFlags(role) {
  const nursery = Object.hasOwn(nurseries, role)
    ? [`--max-semi-space-size=${nurseries[role]}`]
    : [];
  return [...nursery, "--import", redirect];
}
