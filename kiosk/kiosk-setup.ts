import { type ActorRefFrom, assign, enqueueActions, sendTo, setup } from "xstate";
import type { Intent, TerminalView } from "../protocol/kiosk.ts";
import { bridgeLink, type LinkHears, type LinkSays } from "./bridge-link.ts";
import type { Asked } from "./sealed.ts";
import { hasSessionPart, sessionPart } from "./session-part.ts";
import type { SessionAsks } from "./session-setup.ts";

/** A press that the bridge has not answered yet. */
export type Unanswered = { id: string; intent: Asked };

export type KioskInput = {
  address: string;
  /** What the page itself says that there is to see, until the bridge's first view comes. */
  firstView: TerminalView | undefined;
  /** Presses that an earlier actor of this page had not heard about when it failed. */
  unanswered: readonly Unanswered[];
  newId: () => string;
  /** A steady clock in milliseconds, the same one that the count-down reads. */
  now: () => number;
  random: () => number;
  reload: () => void;
  /** Whether the panel itself is set to strong contrast. */
  wantsContrast: boolean;
};

export type KioskContext = KioskInput & {
  view: TerminalView | undefined;
  /** Of this connection: a bridge that starts anew counts from the beginning. */
  revision: number;
  /** When the view came, by `now`. */
  viewAt: number;
  /** The language that was touched, on the idle screen or in the session shown now. */
  idleLanguage: string | undefined;
  sessionLanguage: string | undefined;
  /** Strong contrast, where it was touched on the idle screen. */
  idleContrast: boolean | undefined;
  /** The session that the child machine belongs to. */
  sessionShown: string | undefined;
};

export type KioskEvent =
  | LinkSays
  | SessionAsks
  | { type: "ask"; id: string; intent: Asked }
  | { type: "choose language"; language: string }
  | { type: "choose contrast" }
  /** What a session needs has been fetched. */
  | { type: "whole" };

/** Which screen the terminal shows. */
export type KioskTag =
  | "connecting"
  | "tap-your-badge"
  | "identifying"
  | "refused"
  | "signing-in"
  | "session"
  | "trouble"
  | "reconnecting"
  | "out-of-service";

/** More presses than a person makes while the bridge is away; older ones are given up. */
const mostUnanswered = 32;

const said = (event: KioskEvent) => (event.type === "link.says" ? event.message : undefined);

const say = (press: Unanswered) =>
  sendTo<KioskContext, KioskEvent, undefined, ActorRefFrom<typeof bridgeLink>, KioskEvent, never>(
    "link",
    {
      type: "say",
      message: { type: "intent", id: press.id, intent: press.intent },
    } satisfies LinkHears,
  );

/** The words that the kiosk's machine is written in: its guards, actions, actors and delays. */
export const kioskSetup = setup({
  types: {
    context: {} as KioskContext,
    events: {} as KioskEvent,
    input: {} as KioskInput,
    tags: {} as KioskTag,
    children: {} as { link: "bridgeLink"; session: "sessionPart" },
  },
  actors: { bridgeLink, sessionPart },
  delays: {
    /** A link that comes back within this is not worth a screen of its own. */
    grace: 3_000,
    /** A failed part is built anew after this. */
    pause: 2_000,
    /** Presses that are still unanswered are said again after this. */
    repeat: 6_000,
    /** What was touched on the idle screen is for whoever touched it. */
    forgetChoices: 60_000,
  },
  guards: {
    viewIsNewer: ({ context, event }) => {
      const message = said(event);
      return message?.type === "view" && message.revision > context.revision;
    },
    bridgeAnswers: ({ event }) => said(event)?.type === "answer",
    bridgeAsksForReload: ({ event }) => said(event)?.type === "reload",
    someoneIsHere: ({ context }) => context.view?.session != null && hasSessionPart(),
    nobodyIsHere: ({ context }) => context.view?.session === null,
    anotherPersonIsHere: ({ context }) =>
      context.view?.session != null && context.view.session.sessionId !== context.sessionShown,
    badgeIsLookedUp: ({ context }) => context.view?.identifying === true,
    badgeIsNotLookedUp: ({ context }) => context.view?.identifying === false,
    tapWasRefused: ({ context }) => context.view != null && context.view.refusal !== null,
    someoneTypes: ({ context }) => context.view?.signIn != null,
    nobodyTypes: ({ context }) => context.view?.signIn == null,
    refusalIsOver: ({ context }) => context.view?.refusal === null,
  },
  actions: {
    forgetRevision: assign({ revision: -1 }),
    takeView: assign(({ context, event }) => {
      const message = said(event);
      if (message?.type !== "view") return {};
      return { view: message.view, revision: message.revision, viewAt: context.now() };
    }),
    tellSession: enqueueActions(({ context, enqueue }) => {
      const session = context.view?.session;
      if (session == null || session.sessionId !== context.sessionShown) return;
      const devices = context.view?.devices ?? [];
      enqueue.sendTo("session", { type: "view", session, devices });
    }),
    takeAnswer: enqueueActions(({ context, event, enqueue }) => {
      const message = said(event);
      if (message?.type !== "answer") return;
      const press = context.unanswered.find((one) => one.id === message.id);
      enqueue.assign({ unanswered: context.unanswered.filter((one) => one !== press) });
      const isOfThisSession =
        press !== undefined &&
        "sessionId" in press.intent &&
        press.intent.sessionId === context.sessionShown;
      if (isOfThisSession) enqueue.sendTo("session", message);
    }),
    rememberAndSay: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "ask") return;
      const press = { id: event.id, intent: event.intent };
      enqueue.assign({ unanswered: [...context.unanswered, press].slice(-mostUnanswered) });
      enqueue(say(press));
    }),
    sayUnansweredAgain: enqueueActions(({ context, enqueue }) => {
      for (const press of context.unanswered) enqueue(say(press));
    }),
    loadPageAgain: ({ context }) => context.reload(),
    rememberIdleLanguage: assign(({ event }) =>
      event.type === "choose language" ? { idleLanguage: event.language } : {},
    ),
    changeIdleContrast: assign(({ context }) => ({
      idleContrast: !(context.idleContrast ?? context.wantsContrast),
    })),
    forgetIdleChoices: assign({ idleLanguage: undefined, idleContrast: undefined }),
    rememberSessionLanguage: enqueueActions(({ context, event, enqueue }) => {
      const sessionId = context.sessionShown;
      if (event.type !== "choose language" || sessionId === undefined) return;
      const { language } = event;
      const intent: Intent = { kind: "language", sessionId, language };
      enqueue.assign({ sessionLanguage: language });
      enqueue.raise({ type: "ask", id: context.newId(), intent });
    }),
    welcome: assign(({ context }) => ({
      sessionShown: context.view?.session?.sessionId,
      sessionLanguage: undefined,
    })),
    sayGoodbye: assign({
      sessionShown: undefined,
      sessionLanguage: undefined,
      idleLanguage: undefined,
      idleContrast: undefined,
    }),
  },
});
