import { assign, enqueueActions, sendParent, setup } from "xstate";
import type { DeviceView, SessionView } from "../protocol/kiosk.ts";
import type { PrintSettings } from "../protocol/print-settings.ts";
import { asSet } from "./print-settings.ts";
import type { Asked } from "./sealed.ts";
import type { SessionEvent } from "./session-event.ts";
import {
  activeReleases,
  canBeChosen,
  deviceInUse,
  hindranceOf,
  isCodeAsked,
  isReady,
  newlyEnded,
  type ReadyDocument,
} from "./session-view.ts";

/** What the screen says after something did not work out. */
export type Notice = "not-possible" | "unreachable" | "no-answer";

export type SessionInput = {
  session: SessionView;
  devices: DeviceView[];
  /** Makes the id of a press. */
  newId: () => string;
  /** A steady clock in milliseconds. */
  now: () => number;
};

export type SessionContext = SessionInput & {
  chosen: ReadonlySet<string>;
  device: string | undefined;
  /** How documents are to be printed, where the person set it; and whose settings are open. */
  settings: ReadonlyMap<string, PrintSettings>;
  setting: string | undefined;
  /** The intent whose answer the screen waits for. */
  askedId: string | undefined;
  /** Releases whose outcome was put away, and releases that were asked to stop. */
  seen: ReadonlySet<string>;
  stopping: ReadonlySet<string>;
  notice: Notice | undefined;
  lastStayAt: number;
};

/** What the session hands to its parent, to be said to the bridge until it is answered. */
export type SessionAsks = { type: "ask"; id: string; intent: SessionIntent };

/** What is asked within a session. */
type SessionIntent = Extract<Asked, { sessionId: string }>;

/** A touch every few seconds is enough for the bridge to know that the person is there. */
const staySilentMs = 5_000;

const choosable = (context: SessionContext) => context.session.documents.filter(canBeChosen);

/** The documents that are chosen and still there. */
export function chosenDocuments(context: SessionContext) {
  return choosable(context).filter((document) => context.chosen.has(document.jobId));
}

/** A ready document as the person set it, at the device in use. */
export function documentAsSet(context: SessionContext, document: ReadyDocument): ReadyDocument {
  const device = deviceInUse(context.devices, context.device);
  return asSet(document, context.settings.get(document.jobId), device);
}

/** The document whose settings are open, while it can be printed. */
export function documentBeingSet(context: SessionContext): ReadyDocument | undefined {
  return context.session.documents
    .filter(isReady)
    .find((document) => document.jobId === context.setting);
}

type What = "chosen" | "all" | "set";

function wanted(context: SessionContext, what: What) {
  switch (what) {
    case "chosen":
      return chosenDocuments(context);
    case "set":
      return [documentBeingSet(context)].filter((one) => one !== undefined);
    case "all":
      // What may have been printed before is printed again only where a person chose it.
      return context.session.documents.filter(({ maybePrinted }) => maybePrinted !== true);
  }
}

/** What a press of *Print* or *Print all* would print, where, and what is in its way. */
export function printOrder(context: SessionContext, what: What) {
  const documents = wanted(context, what)
    .filter(isReady)
    .map((document) => documentAsSet(context, document));
  const device = deviceInUse(context.devices, context.device);
  const { session } = context;
  return { documents, device, hindrance: hindranceOf({ documents, device, session }) };
}

const ask = (id: string, intent: SessionIntent) =>
  sendParent<SessionContext, SessionEvent, undefined, SessionAsks, SessionEvent, never>({
    type: "ask",
    id,
    intent,
  });

const printIntent = (context: SessionContext, what: What): SessionIntent => {
  const { documents, device } = printOrder(context, what);
  if (device === undefined) throw new Error("A press to print got through without a device.");
  return {
    kind: "print",
    sessionId: context.session.sessionId,
    jobIds: documents.map((document) => document.jobId),
    device: device.id,
    ...settingsOf(context, documents),
  };
};

/** What of it was set, or nothing, as a bridge of before knows it. */
const settingsOf = (context: SessionContext, documents: readonly ReadyDocument[]) => {
  const settings = documents.flatMap(({ jobId }) => {
    const wishes = context.settings.get(jobId);
    return wishes === undefined ? [] : [{ jobId, settings: wishes }];
  });
  return settings.length === 0 ? {} : { settings };
};

/** The words that the session's machine is written in: its guards, actions and delays. */
export const sessionSetup = setup({
  types: {
    context: {} as SessionContext,
    events: {} as SessionEvent,
    input: {} as SessionInput,
    tags: {} as SessionTag,
  },
  delays: {
    /** How long a press may stay unanswered before the person is told. */
    patience: 15_000,
  },
  guards: {
    somethingIsPrinting: ({ context }) => activeReleases(context.session).length > 0,
    somethingHasEnded: ({ context }) => newlyEnded(context.session, context.seen).length > 0,
    everythingHasEnded: ({ context }) => activeReleases(context.session).length === 0,
    somethingIsChosen: ({ context }) => chosenDocuments(context).length > 0,
    everythingIsChosen: ({ context }) =>
      chosenDocuments(context).length === choosable(context).length,
    chosenCanBePrinted: ({ context }) => printOrder(context, "chosen").hindrance === undefined,
    openOneCanBePrinted: ({ context }) => printOrder(context, "set").hindrance === undefined,
    openOneIsGone: ({ context }) => documentBeingSet(context) === undefined,
    allCanBePrinted: ({ context }) => printOrder(context, "all").hindrance === undefined,
    answerIsYes: ({ context, event }) =>
      event.type === "answer" && event.id === context.askedId && event.result === "accepted",
    answerIsNo: ({ context, event }) =>
      event.type === "answer" && event.id === context.askedId && event.result !== "accepted",
    documentWasTaken: ({ context }) => {
      const { code } = context.session;
      return code?.state === "taken" && code.pressId === context.askedId;
    },
    codeCanBeAsked: ({ context }) => {
      const { code } = context.session;
      return code !== undefined && !isCodeAsked(code, context.askedId);
    },
    codesAreOver: ({ context }) => context.session.code === undefined,
    bridgeWarns: ({ context }) => context.session.warning,
    bridgeWarnsNoMore: ({ context }) => !context.session.warning,
    touchIsNews: ({ context }) => context.now() - context.lastStayAt >= staySilentMs,
  },
  actions: {
    takeView: assign(({ event }) =>
      event.type === "view" ? { session: event.session, devices: event.devices } : {},
    ),
    chooseOrNot: assign(({ context, event }) => {
      if (event.type !== "choose") return {};
      const chosen = new Set(chosenDocuments(context).map((document) => document.jobId));
      if (!chosen.delete(event.jobId)) chosen.add(event.jobId);
      return { chosen, notice: undefined };
    }),
    chooseEverything: assign(({ context }) => ({
      chosen: new Set(choosable(context).map((document) => document.jobId)),
      notice: undefined,
    })),
    chooseNothing: assign({ chosen: new Set<string>() }),
    chooseDevice: assign(({ event }) =>
      event.type === "choose device" ? { device: event.device, notice: undefined } : {},
    ),
    askToPayFrom: enqueueActions(({ enqueue, context, event }) => {
      if (event.type !== "choose payer") return;
      const { sessionId } = context.session;
      enqueue(ask(context.newId(), { kind: "pay-from", sessionId, account: event.account }));
    }),
    sayWhyNot: assign(({ event }) => ({
      notice:
        event.type === "answer" && event.result === "unreachable" ? "unreachable" : "not-possible",
    })),
    sayNobodyAnswered: assign({ notice: "no-answer" }),
    putOutcomeAway: assign(({ context }) => ({
      seen: new Set(context.session.releases.map((release) => release.releaseId)),
    })),
    askToPrintChosen: enqueueActions(({ enqueue, context }) => {
      const id = context.newId();
      enqueue.assign({ askedId: id, notice: undefined });
      enqueue(ask(id, printIntent(context, "chosen")));
    }),
    askToPrintAll: enqueueActions(({ enqueue, context }) => {
      const id = context.newId();
      enqueue.assign({ askedId: id, notice: undefined });
      enqueue(ask(id, printIntent(context, "all")));
    }),
    askToDelete: enqueueActions(({ enqueue, context }) => {
      const id = context.newId();
      const jobIds = chosenDocuments(context).map((document) => document.jobId);
      enqueue.assign({ askedId: id, notice: undefined });
      enqueue(ask(id, { kind: "delete", sessionId: context.session.sessionId, jobIds }));
    }),
    askToPrintOpenOne: enqueueActions(({ enqueue, context }) => {
      const id = context.newId();
      enqueue.assign({ askedId: id, notice: undefined });
      enqueue(ask(id, printIntent(context, "set")));
    }),
    openSettings: assign(({ event }) =>
      event.type === "open settings" ? { setting: event.jobId, notice: undefined } : {},
    ),
    takeSettings: assign(({ context, event }) => {
      if (event.type !== "set" || context.setting === undefined) return {};
      const before = context.settings.get(context.setting);
      const settings = new Map(context.settings);
      return { settings: settings.set(context.setting, { ...before, ...event.settings }) };
    }),
    askToUndo: enqueueActions(({ enqueue, context }) => {
      const id = context.newId();
      enqueue.assign({ askedId: id, notice: undefined });
      enqueue(ask(id, { kind: "undo-delete", sessionId: context.session.sessionId }));
    }),
    askForMissing: enqueueActions(({ enqueue, context }) => {
      const { sessionId } = context.session;
      enqueue(ask(context.newId(), { kind: "look-for-missing", sessionId }));
    }),
    forgetLastPress: assign({ askedId: undefined, notice: undefined }),
    askToTakeByCode: enqueueActions(({ enqueue, context, event }) => {
      if (event.type !== "type code") return;
      const id = context.newId();
      const { sessionId } = context.session;
      enqueue.assign({ askedId: id });
      enqueue(ask(id, { kind: "take-by-code", sessionId, code: event.code }));
    }),
    chooseTaken: assign(({ context }) => {
      const { code, documents } = context.session;
      const taken = documents.filter(({ jobId }) => jobId === code?.jobId);
      return { chosen: new Set(taken.map(({ jobId }) => jobId)) };
    }),
    askForWish: enqueueActions(({ enqueue, context, event }) => {
      if (event.type !== "prefer") return;
      const { type: _, ...wish } = event;
      const { sessionId } = context.session;
      enqueue(ask(context.newId(), { kind: "prefer", sessionId, ...wish }));
    }),
    askToStop: enqueueActions(({ enqueue, context }) => {
      const active = activeReleases(context.session).map((release) => release.releaseId);
      const { sessionId } = context.session;
      for (const releaseId of active.filter((one) => !context.stopping.has(one)))
        enqueue(ask(context.newId(), { kind: "cancel", sessionId, releaseId }));
      enqueue.assign({ stopping: new Set(active) });
    }),
    askToLogOut: enqueueActions(({ enqueue, context }) => {
      const id = context.newId();
      enqueue.assign({ askedId: id, notice: undefined });
      enqueue(ask(id, { kind: "log-out", sessionId: context.session.sessionId }));
    }),
    askToStay: enqueueActions(({ enqueue, context }) => {
      enqueue.assign({ lastStayAt: context.now() });
      enqueue(ask(context.newId(), { kind: "stay", sessionId: context.session.sessionId }));
    }),
  },
});

/** Which screen a session shows. */
export type SessionTag =
  | "documents"
  | "setting"
  | "missing"
  | "wishes"
  | "code"
  | "starting"
  | "printing"
  | "outcome"
  | "leaving"
  | "still-there";
