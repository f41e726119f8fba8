// How Node is started for a role, whoever starts it: the launcher, the supervisor or a test.
import { existsSync } from "node:fs";
import { folder } from "./libraries/packed.mjs";

const redirect = new URL("./libraries/redirect.mjs", import.meta.url).href;

/** Megabytes of the nursery, where V8's own 16 are more than a role that mostly waits has use for. */
const nurseries = {
  // It moves documents of any length: given back as they go, 2 GB pass in less than 150 MB.
  provider: 1,
  server: 4,
  // It draws a view at each change; what is left of them would stay for as long as it runs.
  bridge: 4,
};

/** Flags of the runtime for one role. */
export function nodeFlags(role) {
  const flags = Object.hasOwn(nurseries, role) ? [`--max-semi-space-size=${nurseries[role]}`] : [];
  // A checkout that was not set up runs too, with the libraries as they come.
  return existsSync(new URL(".stamp", folder)) ? [...flags, "--import", redirect] : flags;
}
