import { kioskSetup } from "./kiosk-setup.ts";

/**
 * The whole screen of a terminal: the link to the bridge, and beside it what the last view says that
 * there is to see. Views are whole, and the newest wins; a session's machine lives exactly as long as
 * the bridge says that its person is here.
 */
export const kioskMachine = kioskSetup.createMachine({
  id: "kiosk",
  context: ({ input }) => ({
    ...input,
    view: input.firstView,
    revision: -1,
    viewAt: input.now(),
    idleLanguage: undefined,
    idleContrast: undefined,
    sessionLanguage: undefined,
    sessionShown: undefined,
  }),
  on: {
    "link.says": [
      { guard: "viewIsNewer", actions: ["takeView", "tellSession"] },
      { guard: "bridgeAnswers", actions: "takeAnswer" },
      { guard: "bridgeAsksForReload", actions: "loadPageAgain" },
    ],
    ask: { actions: "rememberAndSay" },
    // Whoever tapped before it was there is let in now.
    whole: {},
  },
  type: "parallel",
  states: {
    link: {
      invoke: {
        id: "link",
        src: "bridgeLink",
        input: ({ context }) => ({ address: context.address, random: context.random }),
        onError: ".broken",
      },
      initial: "connecting",
      states: {
        connecting: {
          on: { "link.up": "up" },
          after: { grace: "missing" },
        },
        up: {
          entry: "sayUnansweredAgain",
          on: { "link.down": "lost" },
          after: { repeat: { target: "up", reenter: true } },
        },
        lost: {
          entry: "forgetRevision",
          tags: "reconnecting",
          on: { "link.up": "up" },
          after: { grace: "missing" },
        },
        missing: {
          tags: "out-of-service",
          on: { "link.up": "up" },
        },
        broken: {
          tags: "out-of-service",
          entry: "forgetRevision",
          after: { pause: { target: "#kiosk.link", reenter: true } },
        },
      },
    },
    screen: {
      initial: "waiting",
      states: {
        waiting: {
          tags: "connecting",
          always: [
            { guard: "someoneIsHere", target: "session" },
            { guard: "nobodyIsHere", target: "tapYourBadge" },
          ],
        },
        tapYourBadge: {
          tags: "tap-your-badge",
          always: [
            { guard: "someoneIsHere", target: "session" },
            { guard: "badgeIsLookedUp", target: "identifying" },
            { guard: "someoneTypes", target: "signingIn" },
            { guard: "tapWasRefused", target: "refused" },
          ],
          on: {
            "choose language": {
              target: "tapYourBadge",
              reenter: true,
              actions: "rememberIdleLanguage",
            },
            "choose contrast": {
              target: "tapYourBadge",
              reenter: true,
              actions: "changeIdleContrast",
            },
          },
          after: { forgetChoices: { actions: "forgetIdleChoices" } },
        },
        identifying: {
          tags: "identifying",
          always: [
            { guard: "someoneIsHere", target: "session" },
            { guard: "someoneTypes", target: "signingIn" },
            { guard: "badgeIsNotLookedUp", target: "tapYourBadge" },
          ],
        },
        refused: {
          tags: "refused",
          always: [
            { guard: "someoneIsHere", target: "session" },
            { guard: "badgeIsLookedUp", target: "identifying" },
            { guard: "someoneTypes", target: "signingIn" },
            { guard: "refusalIsOver", target: "tapYourBadge" },
          ],
        },
        /** Somebody types who they are; the bridge says what is asked for, and what was wrong. */
        signingIn: {
          tags: "signing-in",
          always: [
            { guard: "someoneIsHere", target: "session" },
            { guard: "badgeIsLookedUp", target: "identifying" },
            { guard: "nobodyTypes", target: "tapYourBadge" },
          ],
        },
        session: {
          tags: "session",
          entry: "welcome",
          exit: "sayGoodbye",
          invoke: {
            id: "session",
            src: "sessionPart",
            input: ({ context }) => {
              const session = context.view?.session;
              if (session == null) throw new Error("No session.");
              const { newId, now } = context;
              return { session, devices: context.view?.devices ?? [], newId, now };
            },
            onError: "trouble",
          },
          always: [
            { guard: "nobodyIsHere", target: "tapYourBadge" },
            { guard: "anotherPersonIsHere", target: "session", reenter: true },
          ],
          on: { "choose language": { actions: "rememberSessionLanguage" } },
        },
        /** The session's machine failed, which is a defect: the person sees the list again, made anew. */
        trouble: {
          tags: "trouble",
          after: { pause: "waiting" },
        },
      },
    },
  },
});
