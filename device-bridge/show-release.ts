import type { BridgeState } from "./bridge-state.ts";
import type { BridgeTerminals } from "./bridge-terminals.ts";
import type { Release } from "./release/release.ts";
import { isPaidByOwn } from "./sessions/payers.ts";

/** What the release took from the person, once that is known. */
function chargedFor({ phase }: Release): number {
  if (phase.kind !== "finishing" && phase.kind !== "closed") return 0;
  const { outcome } = phase;
  return outcome.kind === "printed" || outcome.kind === "partly-printed" ? outcome.charged : 0;
}

/** Whoever has a session shows their own releases; an end changes list and balance, too. */
export function showRelease(shown: {
  readonly release: Release;
  readonly state: BridgeState;
  readonly places: BridgeTerminals | undefined;
}): void {
  const { release, state, places } = shown;
  if (places === undefined) return;
  for (const { id } of state.terminals()) {
    const at = places.terminals.state(id);
    if (at.kind !== "open" || at.session.person.personId !== release.personId) continue;
    const { sessionId } = at.session;
    const { releaseId } = release;
    const isFree = state.known().site.shadow === true || !isPaidByOwn(release, at.session);
    const charged = isFree ? 0 : chargedFor(release);
    if (charged > 0 && at.session.releases.some((own) => own.releaseId === releaseId))
      places.terminals.apply(id, { kind: "charged", sessionId, releaseId, charged });
    if (release.phase.kind === "closed") places.terminals.refreshSoon(id);
    state.changedSoon(id);
  }
}
