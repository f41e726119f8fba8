import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import type { SignInProblem } from "../../protocol/kiosk-sign-in.ts";

import { type Dialogue, freeTerminal, type SessionPolicy, type SignInQuestion } from "./session.ts";
import type { SessionContext, SessionDecision, SignInEvent } from "./session-events.ts";

/** A choice that nobody makes goes away sooner than somebody who types. */
const choiceMs = 30_000;

/** A dialogue at its beginning. */
export function newDialogue(
  begun: Pick<Dialogue, "step"> & Partial<Pick<Dialogue, "card" | "linkBy">>,
  { now, newId }: SessionContext,
): Dialogue {
  return {
    card: undefined,
    linkBy: [],
    ...begun,
    signInId: newId,
    askId: undefined,
    pressId: undefined,
    problem: undefined,
    waitUntil: undefined,
    lastSeenAt: now,
  };
}

/** What becomes of a dialogue when whoever types does something. */
export function decideSignIn(
  dialogue: Dialogue,
  event: SignInEvent,
  context: SessionContext,
): SessionDecision {
  if (event.signInId !== dialogue.signInId) return going(dialogue);
  const seen: Dialogue = { ...dialogue, lastSeenAt: context.now };
  switch (event.kind) {
    case "sign-in-cancel":
      return { state: freeTerminal, effects: [] };
    case "sign-in-touch":
      return going(seen);
    case "sign-in-choose":
      return dialogue.step === "link" && dialogue.linkBy.includes(event.way)
        ? going({ ...seen, step: event.way === "code" ? "link-code" : "link-password" })
        : going(seen);
    case "sign-in":
      return tried(seen, event, context);
  }
}

function tried(
  dialogue: Dialogue,
  event: Extract<SignInEvent, { kind: "sign-in" }>,
  context: SessionContext,
): SessionDecision {
  const { askId, pressId, waitUntil } = dialogue;
  if (askId !== undefined || pressId === event.pressId) return going(dialogue);
  if (waitUntil !== undefined && context.now < waitUntil) return going(dialogue);
  const request = questionOf(dialogue, event);
  if (request === undefined) return going(dialogue);
  const asked = context.newId;
  return {
    state: {
      kind: "signing-in",
      dialogue: {
        ...dialogue,
        askId: asked,
        pressId: event.pressId,
        problem: undefined,
        waitUntil: undefined,
      },
    },
    effects: [{ kind: "identify", askId: asked, request }],
  };
}

function questionOf(
  { step, card }: Dialogue,
  { name = "", secret }: Extract<SignInEvent, { kind: "sign-in" }>,
): SignInQuestion | undefined {
  const typed = name.trim();
  const cardNumber = card?.cardNumber;
  switch (step) {
    case "pin":
      return cardNumber === undefined ? undefined : { way: "card", cardNumber, pin: secret };
    case "number":
      return typed === "" ? undefined : { way: "number", number: typed, pin: secret };
    case "password":
      return typed === "" ? undefined : { way: "password", login: typed, password: secret };
    case "link-code":
      return cardNumber === undefined
        ? undefined
        : { way: "link-by-code", cardNumber, code: secret };
    case "link-password":
      return cardNumber === undefined || typed === ""
        ? undefined
        : { way: "link-by-password", cardNumber, login: typed, password: secret };
    case "link":
      return undefined;
  }
}

/** What the server said to something typed, but for a welcome: that opens a session. */
export function answered(
  dialogue: Dialogue,
  said:
    | Exclude<IdentifyReply, { kind: "known" }>
    | { readonly kind: "not-identified"; readonly notice: SignInProblem },
  { now }: SessionContext,
): SessionDecision {
  const asked = { ...dialogue, askId: undefined, lastSeenAt: now };
  if (said.kind === "slow-down")
    return going({ ...asked, problem: "slow-down", waitUntil: now + said.seconds * 1000 });
  if (said.kind === "refused") return going({ ...asked, problem: said.reason });
  return going({ ...asked, problem: said.kind === "not-identified" ? said.notice : "wrong" });
}

/** When time next changes a dialogue; monotonic milliseconds. */
export function dialogueTickAt(dialogue: Dialogue, policy: SessionPolicy): number {
  const over = dialogueOverAt(dialogue, policy);
  return dialogue.waitUntil === undefined ? over : Math.min(dialogue.waitUntil, over);
}

/** Time went by: a wait is over, or nobody types any more. A check under way is waited for. */
export function dialogueTick(
  dialogue: Dialogue,
  { now, policy }: Pick<SessionContext, "now" | "policy">,
): SessionDecision {
  if (dialogue.askId === undefined && now >= dialogueOverAt(dialogue, policy))
    return { state: freeTerminal, effects: [] };
  if (dialogue.waitUntil === undefined || now < dialogue.waitUntil) return going(dialogue);
  return going({ ...dialogue, problem: undefined, waitUntil: undefined });
}

function dialogueOverAt(dialogue: Dialogue, { idleSeconds }: SessionPolicy): number {
  // Whoever has to wait for the next try is not sent away before it.
  const from = Math.max(dialogue.lastSeenAt, dialogue.waitUntil ?? 0);
  return from + (dialogue.step === "link" ? choiceMs : idleSeconds * 1000);
}

function going(dialogue: Dialogue): SessionDecision {
  return { state: { kind: "signing-in", dialogue }, effects: [] };
}
