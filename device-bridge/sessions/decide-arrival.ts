import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import type { IdentifyRefusal } from "../../protocol/sign-in.ts";
import { answered, newDialogue } from "./decide-sign-in.ts";
import {
  type Asking,
  freeTerminal,
  type RefusalNotice,
  type Session,
  type TerminalState,
} from "./session.ts";
import type {
  SessionContext,
  SessionDecision,
  SessionEffect,
  SessionEvent,
} from "./session-events.ts";

/** How long the screen says why a tap opened nothing. */
const noticeMs = 5_000;

/** A badge was held to a reader. */
export function tapped(
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
  // Its PIN is being typed. An unknown card is looked up again: the help desk may know it by now.
  if (
    state.kind === "signing-in" &&
    state.dialogue.step === "pin" &&
    state.dialogue.card?.cardNumber === cardNumber
  )
    return { state, effects: [feedback(readerId, "busy")] };
  const { effects } = end(state);
  const askId = context.newId;
  // What it says now is nobody's, and may be somebody's only by chance.
  if (tap.uid === "random") {
    const refused = refuse({ askId, cardNumber, readerId }, "changing-card", context);
    return { ...refused, effects: [...effects, ...refused.effects] };
  }
  const changes = tap.uid === "perhaps" ? { changes: true } : {};
  return {
    state: { kind: "identifying", asking: { askId, cardNumber, readerId, ...changes } },
    effects: [...effects, { kind: "identify", askId, request: { way: "card", cardNumber } }],
  };
}

/** The server said who it is, or why nobody is let in. */
export function identified(
  state: TerminalState,
  { askId, reply }: Extract<SessionEvent, { kind: "identified" }>,
  context: SessionContext,
): SessionDecision {
  if (state.kind === "signing-in" && state.dialogue.askId === askId) {
    const { card } = state.dialogue;
    return reply.kind === "known"
      ? open(reply, { cardNumber: card?.cardNumber, readerId: card?.readerId }, context)
      : answered(state.dialogue, reply, context);
  }
  if (state.kind !== "identifying" || state.asking.askId !== askId) return keep(state);
  const { asking } = state;
  const { cardNumber, readerId } = asking;
  switch (reply.kind) {
    case "known":
      return open(reply, asking, context);
    case "slow-down":
      return refuse(asking, "try-again", context);
    case "needs-pin": {
      if (context.isScreenless === true) return refuse(asking, "no-pin", context);
      const dialogue = newDialogue({ step: "pin", card: { cardNumber, readerId } }, context);
      return {
        state: { kind: "signing-in", dialogue },
        effects: [feedback(readerId, "accepted")],
      };
    }
    case "refused": {
      const { reason, linkBy = [] } = reply;
      if (reason === "unknown-card" && asking.changes === true)
        return refuse(asking, "changing-card", context);
      if (linkBy.length === 0 || context.isScreenless === true)
        return refuse(asking, noticeOf(reason), context);
      const card = { cardNumber, readerId };
      const dialogue = newDialogue({ step: "link", card, linkBy }, context);
      return { state: { kind: "signing-in", dialogue }, effects: [feedback(readerId, "refused")] };
    }
  }
}

/** Those of the server's refusals that a tap can meet; the rest concern what is typed. */
function noticeOf(reason: IdentifyRefusal): RefusalNotice {
  switch (reason) {
    case "unknown-card":
    case "disabled":
    case "badge-blocked":
    case "badge-expired":
    case "no-pin":
    case "not-allowed":
    case "directory-unreachable":
      return reason;
    case "wrong":
    case "account-locked":
    case "password-expired":
    case "busy":
    case "cannot-link":
      return "try-again";
  }
}

function open(
  reply: Extract<IdentifyReply, { kind: "known" }>,
  by: { readonly cardNumber: string | undefined; readonly readerId: string | undefined },
  context: SessionContext,
): SessionDecision {
  const session: Session = {
    sessionId: context.newId,
    person: reply.person,
    cardNumber: by.cardNumber,
    jobs: reply.jobs,
    releases: [],
    charges: [],
    language: undefined,
    lastSeenAt: context.now,
  };
  return {
    state: { kind: "open", session },
    effects: [
      ...(by.readerId === undefined ? [] : [feedback(by.readerId, "accepted")]),
      { kind: "opened", session },
    ],
  };
}

/** Says for a few seconds why a tap opened nothing. */
export function refuse(
  { readerId }: Asking,
  notice: RefusalNotice,
  { now }: SessionContext,
): SessionDecision {
  const isOffline =
    notice === "server-unreachable" || notice === "try-again" || notice === "directory-unreachable";
  return {
    state: { kind: "refused", notice, until: now + noticeMs },
    effects: [feedback(readerId, isOffline ? "offline" : "refused")],
  };
}

/** Says for a few seconds that a badge was not read well. The reader has shown it itself. */
export function askAgain({ now }: SessionContext): SessionDecision {
  return { state: { kind: "refused", notice: "try-again", until: now + noticeMs }, effects: [] };
}

/** The terminal is free again; a session that was open has ended, and takes nothing back any more. */
export function end(state: TerminalState): SessionDecision {
  if (state.kind !== "open") return { state: freeTerminal, effects: [] };
  const { session } = state;
  const { deletion } = session;
  return {
    state: freeTerminal,
    effects: [
      { kind: "ended", session },
      ...(deletion === undefined
        ? []
        : [{ kind: "delete" as const, session, jobIds: deletion.jobIds }]),
    ],
  };
}

/** Ends a session as `end` does, and says for a few seconds why. */
export function turnAway(
  state: TerminalState,
  reason: IdentifyRefusal,
  { now }: SessionContext,
): SessionDecision {
  const notice = noticeOf(reason);
  return { state: { kind: "refused", notice, until: now + noticeMs }, effects: end(state).effects };
}

function feedback(
  readerId: string,
  said: Extract<SessionEffect, { kind: "feedback" }>["feedback"],
): SessionEffect {
  return { kind: "feedback", readerId, feedback: said };
}

/** Nothing changes. */
export function keep(state: TerminalState): SessionDecision {
  return { state, effects: [] };
}
