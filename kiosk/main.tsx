import { start } from "./start.tsx";

declare global {
  /** This build has started: the other one, for old panels, is not needed. See `old/choose.ts`. */
  var guichetHasStarted: boolean | undefined;
}

// An older browser may understand the language of this build and still lack what the build takes for
// granted; all that have this method (2021) have the rest. The others are given the build for old panels.
if ("at" in Array.prototype) {
  window.guichetHasStarted = true;
  start();
}
