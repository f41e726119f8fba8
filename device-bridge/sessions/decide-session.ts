import { askAgain, end, identified, keep, refuse, tapped, turnAway } from "./decide-arrival.ts";
import { decideCode, withTaken } from "./decide-code.ts";
import { decideEase } from "./decide-ease.ts";
import {
  answered,
  decideSignIn,
  dialogueTick,
  dialogueTickAt,
  newDialogue,
} from "./decide-sign-in.ts";
import { freeTerminal, logOutAt, type Session, type TerminalState, warnAt } from "./session.ts";
import type { SessionContext, SessionDecision, SessionEvent } from "./session-events.ts";

/**
 * What a terminal does next. One person at a time: the same card again logs out, another card takes
 * the terminal over, and what was sent to print goes on in either case.
 */
export function decideSession(
  state: TerminalState,
  event: SessionEvent,
  context: SessionContext,
): SessionDecision {
  switch (event.kind) {
    case "tap":
      return tapped(state, event, context);
    case "part-of-card":
      // Whoever is here, or is being looked up, is not disturbed.
      return state.kind === "free" ? askAgain(context) : keep(state);
    case "identified":
      return identified(state, event, context);
    case "sign-in-start": {
      // Whoever is being looked up, or is here, comes first.
      if (!mayBeginTyping(state)) return keep(state);
      const step = event.way === "number-pin" ? "number" : "password";
      return {
        state: { kind: "signing-in", dialogue: newDialogue({ step }, context) },
        effects: [],
      };
    }
    case "sign-in-choose":
    case "sign-in":
    case "sign-in-touch":
    case "sign-in-cancel":
      return state.kind === "signing-in"
        ? decideSignIn(state.dialogue, event, context)
        : keep(state);
    case "not-identified":
      if (state.kind === "signing-in" && state.dialogue.askId === event.askId)
        return answered(state.dialogue, event, context);
      if (state.kind !== "identifying" || state.asking.askId !== event.askId) return keep(state);
      return refuse(state.asking, event.notice, context);
    case "refreshed": {
      const { person, jobs, inBalance = [] } = event;
      return withSession(state, event.sessionId, (session) => ({
        ...session,
        person,
        jobs: withTaken(jobs, session.taken, context.now),
        charges: session.charges.map((charge) =>
          inBalance.includes(charge.releaseId) ? { ...charge, inBalance: true } : charge,
        ),
      }));
    }
    case "charged": {
      const { releaseId, charged } = event;
      return withSession(state, event.sessionId, (session) =>
        session.charges.some((charge) => charge.releaseId === releaseId)
          ? session
          : { ...session, charges: [...session.charges, { releaseId, charged, inBalance: false }] },
      );
    }
    case "stay":
      return withSession(state, event.sessionId, (session) => seen(session, context));
    case "deleting":
    case "deletion-due":
    case "undo-delete":
    case "not-deleted":
    case "look-for-missing":
    case "found-missing":
    case "pay-from":
    case "language":
    case "prefer": {
      if (state.kind !== "open" || state.session.sessionId !== event.sessionId) return keep(state);
      const { session, effects } = decideEase(state.session, event, context);
      return { state: { ...state, session }, effects };
    }
    case "type-code":
    case "code-answered": {
      if (state.kind !== "open" || state.session.sessionId !== event.sessionId) return keep(state);
      const { session, effects } = decideCode(state.session, event, context);
      return { state: { ...state, session }, effects };
    }
    case "releasing":
      return withSession(state, event.sessionId, (session) => ({
        ...seen(session, context),
        // Once it is printed the server's list is right to leave it out.
        taken: (session.taken ?? []).filter(
          ({ job }) => !event.releases.some(({ jobId }) => jobId === job.job.jobId),
        ),
        releases: [
          ...session.releases,
          ...event.releases.map(({ releaseId, jobId }) => ({
            releaseId,
            title: session.jobs.find(({ job }) => job.jobId === jobId)?.job.title ?? "",
          })),
        ].slice(-releasesShown),
      }));
    case "turned-away":
      return isOpen(state, event.sessionId) ? turnAway(state, event.reason, context) : keep(state);
    case "log-out":
      return isOpen(state, event.sessionId) ? end(state) : keep(state);
    case "close":
      return end(state);
    case "tick":
      return tick(state, context);
  }
}

/** When `tick` is next worth while; undefined when nothing waits for time. Monotonic milliseconds. */
export function nextTickAt(
  state: TerminalState,
  { now, policy }: Pick<SessionContext, "now" | "policy">,
): number | undefined {
  switch (state.kind) {
    case "free":
    case "identifying":
      return undefined;
    case "refused":
      return state.until;
    case "signing-in":
      return dialogueTickAt(state.dialogue, policy);
    case "open": {
      const warning = warnAt(state.session, policy);
      const next = now < warning ? warning : logOutAt(state.session, policy);
      return Math.min(next, state.session.deletion?.until ?? next);
    }
  }
}

const releasesShown = 500;

function tick(state: TerminalState, { now, policy }: SessionContext): SessionDecision {
  switch (state.kind) {
    case "free":
    case "identifying":
      return keep(state);
    case "refused":
      return now >= state.until ? { state: freeTerminal, effects: [] } : keep(state);
    case "signing-in":
      return dialogueTick(state.dialogue, { now, policy });
    case "open": {
      const { session } = state;
      if (now >= logOutAt(session, policy)) return end(state);
      if (now < (session.deletion?.until ?? Number.POSITIVE_INFINITY)) return keep(state);
      const { sessionId } = session;
      const due = decideEase(session, { kind: "deletion-due", sessionId }, { now });
      return { state: { ...state, session: due.session }, effects: due.effects };
    }
  }
}

function isOpen(state: TerminalState, sessionId: string): boolean {
  return state.kind === "open" && state.session.sessionId === sessionId;
}

/** A late touch must not act for the next person: another session is left as it is. */
function withSession(
  state: TerminalState,
  sessionId: string,
  change: (session: Session) => Session,
): SessionDecision {
  if (state.kind !== "open" || state.session.sessionId !== sessionId) return keep(state);
  return { state: { ...state, session: change(state.session) }, effects: [] };
}

function seen(session: Session, { now }: SessionContext): Session {
  return { ...session, lastSeenAt: now };
}

/** Where nobody is, or somebody types without a card and wants another way. */
function mayBeginTyping(state: TerminalState): boolean {
  if (state.kind === "free" || state.kind === "refused") return true;
  return (
    state.kind === "signing-in" &&
    state.dialogue.card === undefined &&
    state.dialogue.askId === undefined
  );
}
