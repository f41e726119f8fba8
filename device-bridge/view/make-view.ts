import type { ReaderState } from "../../card-readers/reader.ts";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { BridgeState } from "../bridge-state.ts";
import type { DeviceCondition } from "../devices/watch-devices.ts";
import type { Release } from "../release/release.ts";
import type { TerminalState } from "../sessions/session.ts";
import { free, shownSite } from "./in-shadow.ts";
import { type MadeView, terminalView } from "./terminal-view.ts";

export interface ViewSources {
  readonly state: BridgeState;
  readonly terminal: (id: string) => TerminalState;
  readonly reader: (id: string) => ReaderState;
  readonly device: (id: string) => DeviceCondition;
  readonly abilities?: (id: string) => DeviceAbilities | undefined;
  /** A release that is open, or closed lately. */
  readonly find: (releaseId: string) => Release | undefined;
  /** All that are open, oldest first. */
  readonly open: () => readonly Release[];
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Gathers what a terminal shows now. Throws for a terminal that the bridge does not have. */
export function makeView(id: string, sources: ViewSources): MadeView {
  const { state, find, open } = sources;
  const terminal = state.terminal(id);
  if (terminal === undefined) throw new Error(`There is no terminal "${id}" at this bridge.`);
  const session = sources.terminal(id);
  const own = session.kind === "open" ? session.session.releases : [];
  // Newest last in each, and what is under way after what has ended.
  const byJob = new Map<string, Release>();
  for (const release of [...own.flatMap(({ releaseId }) => find(releaseId) ?? []), ...open()])
    byJob.set(release.jobId, release);
  return terminalView({
    terminal,
    site: shownSite(state.known().site),
    serverReachable: state.serverReachable(),
    reader: sources.reader,
    device: sources.device,
    ...(sources.abilities === undefined ? {} : { abilities: sources.abilities }),
    state: session,
    release: state.known().site.shadow === true ? (id) => free(find(id)) : find,
    releaseOf: (jobId) => byJob.get(jobId),
    now: sources.now(),
  });
}
