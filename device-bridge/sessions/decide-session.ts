import type { IdentifyReply, ListedJob, Person } from "../../protocol/bridge-server.ts";
import {
  type Asking,
  freeTerminal,
  logOutAt,
  type RefusalNotice,
  type Session,
  type SessionPolicy,
  type TerminalState,
  warnAt,
} from "./session.ts";

export type SessionEvent =
  | {
      readonly kind: "tap";
      readonly cardNumber: string;
      readonly readerId: string;
    }
  | { readonly kind: "identified"; readonly askId: string; readonly reply: IdentifyReply }
  | { readonly kind: "not-identified"; readonly askId: string; readonly notice: RefusalNotice }
  /** The person and the jobs as they are now. */
  | {
      readonly kind: "refreshed";
      readonly sessionId: string;
      readonly person: Person;
      readonly jobs: readonly ListedJob[];
      /** Releases whose money the server had been told of before it was asked. */
      readonly inBalance?: readonly string[];
    }
  /** A release has taken money. */
  | {
      readonly kind: "charged";
      readonly sessionId: string;
      readonly releaseId: string;
      readonly charged: number;
    }
  | { readonly kind: "stay"; readonly sessionId: string }
  | { readonly kind: "language"; readonly sessionId: string; readonly language: string }
  | { readonly kind: "log-out"; readonly sessionId: string }
  /** Releases were stored for this session. */
  | {
      readonly kind: "releasing";
      readonly sessionId: string;
      readonly releases: readonly { readonly releaseId: string; readonly jobId: string }[];
    }
  /** The terminal is gone, or in use no more. */
  | { readonly kind: "close" }
  /** Time went by. */
  | { readonly kind: "tick" };

export type SessionEffect =
  /** Ask the server whose card it is; `identified` or `not-identified` follows. */
  | { readonly kind: "identify"; readonly asking: Asking }
  | {
      readonly kind: "feedback";
      readonly readerId: string;
      readonly feedback: "accepted" | "refused" | "busy" | "offline";
    }
  | { readonly kind: "opened"; readonly session: Session }
  | { readonly kind: "ended"; readonly session: Session };

export interface SessionContext {
  /** Monotonic milliseconds. */
  readonly now: number;
  readonly policy: SessionPolicy;
  /** A UUID that was never used before. */
  readonly newId: string;
}

export interface SessionDecision {
  readonly state: TerminalState;
  readonly effects: readonly SessionEffect[];
}

/** How long the screen says why a tap opened nothing. */
const noticeMs = 5_000;

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
    case "identified":
      return identified(state, event, context);
    case "not-identified":
      if (state.kind !== "identifying" || state.asking.askId !== event.askId) return keep(state);
      return refuse(state.asking, event.notice, context);
    case "refreshed": {
      const { person, jobs, inBalance = [] } = event;
      return withSession(state, event.sessionId, (session) => ({
        ...session,
        person,
        jobs,
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
    case "language":
      return withSession(state, event.sessionId, (session) => ({
        ...seen(session, context),
        language: event.language,
      }));
    case "releasing":
      return withSession(state, event.sessionId, (session) => ({
        ...seen(session, context),
        releases: [
          ...session.releases,
          ...event.releases.map(({ releaseId, jobId }) => ({
            releaseId,
            title: session.jobs.find(({ job }) => job.jobId === jobId)?.job.title ?? "",
          })),
        ].slice(-releasesShown),
      }));
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
    case "open": {
      const warning = warnAt(state.session, policy);
      return now < warning ? warning : logOutAt(state.session, policy);
    }
  }
}

const releasesShown = 500;

function tapped(
  state: TerminalState,
  tap: Extract<SessionEvent, { kind: "tap" }>,
  context: SessionContext,
): SessionDecision {
  const { cardNumber, readerId } = tap;
  if (state.kind === "open" && state.session.cardNumber === cardNumber) {
    const ended = end(state);
    return { ...ended, effects: [feedback(readerId, "accepted"), ...ended.effects] };
  }
  // The card is still being looked up: it lies on the reader.
  if (state.kind === "identifying" && state.asking.cardNumber === cardNumber)
    return { state, effects: [feedback(readerId, "busy")] };
  const { effects } = end(state);
  const asking: Asking = { askId: context.newId, cardNumber, readerId };
  return {
    state: { kind: "identifying", asking },
    effects: [...effects, { kind: "identify", asking }],
  };
}

function identified(
  state: TerminalState,
  { askId, reply }: Extract<SessionEvent, { kind: "identified" }>,
  context: SessionContext,
): SessionDecision {
  if (state.kind !== "identifying" || state.asking.askId !== askId) return keep(state);
  const { asking } = state;
  if (reply.kind === "refused") return refuse(asking, reply.reason, context);
  const session: Session = {
    sessionId: context.newId,
    person: reply.person,
    cardNumber: asking.cardNumber,
    jobs: reply.jobs,
    releases: [],
    charges: [],
    language: undefined,
    lastSeenAt: context.now,
  };
  return {
    state: { kind: "open", session },
    effects: [feedback(asking.readerId, "accepted"), { kind: "opened", session }],
  };
}

function refuse(
  { readerId }: Asking,
  notice: RefusalNotice,
  { now }: SessionContext,
): SessionDecision {
  const known = notice === "unknown-card" || notice === "disabled";
  return {
    state: { kind: "refused", notice, until: now + noticeMs },
    effects: [feedback(readerId, known ? "refused" : "offline")],
  };
}

function tick(state: TerminalState, { now, policy }: SessionContext): SessionDecision {
  switch (state.kind) {
    case "free":
    case "identifying":
      return keep(state);
    case "refused":
      return now >= state.until ? { state: freeTerminal, effects: [] } : keep(state);
    case "open":
      return now >= logOutAt(state.session, policy) ? end(state) : keep(state);
  }
}

function end(state: TerminalState): SessionDecision {
  return {
    state: freeTerminal,
    effects: state.kind === "open" ? [{ kind: "ended", session: state.session }] : [],
  };
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

function feedback(
  readerId: string,
  said: Extract<SessionEffect, { kind: "feedback" }>["feedback"],
): SessionEffect {
  return { kind: "feedback", readerId, feedback: said };
}

function keep(state: TerminalState): SessionDecision {
  return { state, effects: [] };
}
