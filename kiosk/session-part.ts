import type { ActorLogic, SnapshotFrom } from "xstate";
import type { sessionMachine } from "./session.machine.ts";
import type { SessionEvent } from "./session-event.ts";
import type { SessionInput } from "./session-setup.ts";

type Machine = typeof sessionMachine;
type Snapshot = SnapshotFrom<Machine>;

let fetched: Machine | undefined;

/** The machine of a session has been fetched: from now on sessions can begin. */
export function sessionPartIsHere(machine: Machine): void {
  fetched = machine;
}

export function hasSessionPart(): boolean {
  return fetched !== undefined;
}

function machine(): Machine {
  if (fetched === undefined) throw new Error("No machine for the session.");
  return fetched;
}

/**
 * Stands for the machine of a session, which is fetched behind the first screen: nobody can tap before
 * that stands, and it comes sooner without what only a session needs.
 */
export const sessionPart: ActorLogic<Snapshot, SessionEvent, SessionInput> = {
  getInitialSnapshot: (scope, input) => machine().getInitialSnapshot(scope, input),
  transition: (snapshot, event, scope) => machine().transition(snapshot, event, scope),
  start: (snapshot) => machine().start(snapshot),
  getPersistedSnapshot: (snapshot, options) => machine().getPersistedSnapshot(snapshot, options),
};
