import {
  decideClaiming,
  decideReserving,
  decideWaiting,
  decideWithdrawing,
} from "./claim-and-pay.ts";
import { decidePrinting } from "./decide-printing.ts";
import { decideFinishing, decideUndecided } from "./finish-release.ts";
import { decideClearing, decideCreating, decideReadying } from "./make-device-job.ts";
import { decidePreparing } from "./prepare-device-job.ts";
import type { Release } from "./release.ts";
import { type ReleaseDecision, unchanged } from "./release-effect.ts";
import type { ReleaseContext, ReleaseEvent } from "./release-event.ts";

/**
 * The heart of the bridge: what follows from one event in the life of a release. Pure. The release and
 * the facts are committed together; only then are the effects carried out, each answered by an event.
 * An event that a phase does not wait for changes nothing, so that a late or doubled one is harmless.
 */
export function decide(
  release: Release,
  event: ReleaseEvent,
  context: ReleaseContext,
): ReleaseDecision {
  const { phase } = release;
  switch (phase.kind) {
    case "waiting":
      return decideWaiting(release, event);
    case "claiming":
      return decideClaiming(release, phase, event, context);
    case "withdrawing":
      return decideWithdrawing(release, phase, event, context);
    case "reserving":
      return decideReserving(release, phase, event, context);
    case "preparing":
      return decidePreparing(release, phase, event, context);
    case "readying":
      return decideReadying(release, phase, event, context);
    case "creating":
      return decideCreating(release, phase, event, context);
    case "clearing":
      return decideClearing(release, phase, event, context);
    case "printing":
      return decidePrinting(release, phase, event, context);
    case "finishing":
      return decideFinishing(release, phase, event, context);
    case "undecided":
      return decideUndecided(release, phase, event);
    case "closed":
      return unchanged(release);
  }
}
