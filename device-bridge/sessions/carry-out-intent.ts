import { setImmediate as nextTurn } from "node:timers/promises";
import type { Intent, ToKiosk } from "../../protocol/kiosk.ts";
import { signInOf } from "../../protocol/sign-in.ts";
import type { Site, Terminal } from "../../protocol/site.ts";
import type { Release } from "../release/release.ts";
import { sharedPayer } from "./payers.ts";
import { planPrint } from "./plan-print.ts";
import type { Session, TerminalState } from "./session.ts";
import type { SessionEvent } from "./session-events.ts";

export type IntentResult = Extract<ToKiosk, { type: "answer" }>["result"];

export interface IntentContext {
  readonly terminal: Terminal;
  readonly site: Site;
  readonly state: () => TerminalState;
  readonly apply: (event: SessionEvent) => void;
  readonly refreshSoon: () => void;
  readonly knowsIntent: (id: string) => boolean;
  readonly intend: (id: string, releases: readonly Release[]) => void;
  readonly cancelRelease: (releaseId: string) => void;
  readonly findRelease: (releaseId: string) => Release | undefined;
  /** Jobs that a release of this bridge is under way for. */
  readonly underWay: () => ReadonlySet<string>;
  readonly deviceIsBlocked: (device: string) => boolean;
  /** Wall clock, milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Does what a person asked for on the screen, and says what became of it. The answer *accepted* is
 * given only once the wish is on the disk; asked again under the same id it is not done again.
 */
export async function carryOutIntent(
  id: string,
  intent: Intent,
  context: IntentContext,
): Promise<IntentResult> {
  if (intent.kind === "print" && context.knowsIntent(id)) return "accepted";
  if (!("sessionId" in intent)) return signIn(id, intent, context);
  const session = sessionOf(context.state(), intent.sessionId);
  if (session === undefined) return "session-over";
  const { site } = context;
  switch (intent.kind) {
    case "stay":
    case "language":
    case "prefer":
    case "look-for-missing":
    case "log-out":
      context.apply(intent);
      return "accepted";
    case "pay-from": {
      const { account } = intent;
      if (account !== null && sharedPayer(session, account) === undefined) return "not-possible";
      context.apply(intent);
      return "accepted";
    }
    case "take-by-code": {
      const { sessionId, code } = intent;
      if (!site.queues.some(({ unclaimed }) => unclaimed === true)) return "not-possible";
      // One at a time, whichever screen of the terminal it comes from.
      if (session.code?.state === "asking" && session.code.pressId !== id) return "not-possible";
      context.apply({ kind: "type-code", sessionId, pressId: id, code });
      return "accepted";
    }
    case "undo-delete":
      if (session.deletion === undefined) return "not-possible";
      context.apply(intent);
      return "accepted";
    case "print":
      return await print(id, intent, session, context);
    case "cancel":
      return cancel(intent.releaseId, session, context);
    case "delete":
      return deleteJobs(intent.jobIds, session, context);
  }
}

/** Somebody types who they are. *Accepted* says that it is taken, not that it is right. */
function signIn(
  id: string,
  intent: Exclude<Intent, { sessionId: string }>,
  context: IntentContext,
): IntentResult {
  const { terminal, site, apply, state } = context;
  if (intent.kind === "sign-in-start") {
    if (!signInOf(site, terminal.id).ways.includes(intent.way)) return "not-possible";
    apply(intent);
    return state().kind === "signing-in" ? "accepted" : "not-possible";
  }
  const at = state();
  if (at.kind !== "signing-in" || at.dialogue.signInId !== intent.signInId) return "session-over";
  if (intent.kind === "sign-in") apply({ ...intent, pressId: id, name: intent.name });
  else apply(intent);
  return "accepted";
}

async function print(
  id: string,
  intent: Extract<Intent, { kind: "print" }>,
  session: Session,
  context: IntentContext,
): Promise<IntentResult> {
  const { terminal, site, underWay, now, newId, intend, apply, deviceIsBlocked } = context;
  const { device, jobIds, settings } = intent;
  const releases = planPrint({
    session,
    jobIds,
    device,
    settings,
    terminal,
    site,
    underWay: underWay(),
    now: now(),
    newId,
  });
  if (releases.length === 0 || deviceIsBlocked(device)) {
    context.refreshSoon();
    return "not-possible";
  }
  // First the road, then the screen: whoever pressed waits for paper. Node hands a request to its
  // connection only when this turn is over, and making the view takes longer than that.
  intend(id, releases);
  await nextTurn();
  apply({ kind: "releasing", sessionId: session.sessionId, releases });
  return "accepted";
}

function cancel(releaseId: string, session: Session, context: IntentContext): IntentResult {
  const release = context.findRelease(releaseId);
  if (release === undefined || release.personId !== session.person.personId) return "not-possible";
  context.apply({ kind: "stay", sessionId: session.sessionId });
  context.cancelRelease(releaseId);
  return "accepted";
}

/** They go when the time for taking it back is over, or the person leaves. */
function deleteJobs(
  jobIds: readonly string[],
  session: Session,
  context: IntentContext,
): IntentResult {
  const wanted = new Set(jobIds);
  const there = session.jobs
    .filter(({ job }) => job.state === "held" || job.state === "refused")
    .map(({ job }) => job.jobId)
    .filter((jobId) => wanted.has(jobId) && !context.underWay().has(jobId));
  const { sessionId } = session;
  context.apply(
    there.length === 0
      ? { kind: "stay", sessionId }
      : { kind: "deleting", sessionId, jobIds: there },
  );
  return there.length === 0 ? "not-possible" : "accepted";
}

function sessionOf(state: TerminalState, sessionId: string): Session | undefined {
  if (state.kind !== "open" || state.session.sessionId !== sessionId) return undefined;
  return state.session;
}
