import type { PrintSettings } from "../protocol/print-settings.ts";
import { sessionSetup } from "./session-setup.ts";

/**
 * What one person does between two badges. Facts (documents, releases, the warning) come with the
 * bridge's views, and only they move the machine to *printing* and *outcome*; presses ask the bridge
 * and wait for its answer. Time-outs are the bridge's: the machine only shows its warning.
 */
export const sessionMachine = sessionSetup.createMachine({
  id: "session",
  context: ({ input }) => ({
    ...input,
    chosen: new Set<string>(),
    device: undefined,
    settings: new Map<string, PrintSettings>(),
    setting: undefined,
    askedId: undefined,
    seen: new Set<string>(),
    stopping: new Set<string>(),
    notice: undefined,
    lastStayAt: input.now(),
  }),
  on: { view: { actions: "takeView" } },
  type: "parallel",
  states: {
    task: {
      initial: "choosing",
      states: {
        choosing: {
          tags: "documents",
          always: [
            { guard: "somethingIsPrinting", target: "printing" },
            { guard: "somethingHasEnded", target: "outcome" },
          ],
          on: {
            choose: { actions: "chooseOrNot" },
            "choose all": [
              { guard: "everythingIsChosen", actions: "chooseNothing" },
              { actions: "chooseEverything" },
            ],
            "choose device": { actions: "chooseDevice" },
            "choose payer": { actions: "askToPayFrom" },
            print: { guard: "chosenCanBePrinted", target: "starting", actions: "askToPrintChosen" },
            "print all": { guard: "allCanBePrinted", target: "starting", actions: "askToPrintAll" },
            delete: { guard: "somethingIsChosen", target: "asking", actions: "askToDelete" },
            undo: { target: "asking", actions: "askToUndo" },
            "open settings": { target: "setting", actions: "openSettings" },
            "look for missing": { target: "missing", actions: "askForMissing" },
            "open code": { target: "code", actions: "forgetLastPress" },
            "open wishes": "wishes",
            "log out": { target: "leaving", actions: "askToLogOut" },
          },
        },
        /** The bridge was asked to hold a deletion, or to take it back: it answers at once. */
        asking: {
          tags: "documents",
          on: {
            answer: [
              { guard: "answerIsYes", target: "choosing", actions: "chooseNothing" },
              { guard: "answerIsNo", target: "choosing", actions: "sayWhyNot" },
            ],
          },
          after: { patience: { target: "choosing", actions: "sayNobodyAnswered" } },
        },
        setting: {
          tags: "setting",
          always: { guard: "openOneIsGone", target: "choosing" },
          on: {
            set: { actions: "takeSettings" },
            print: {
              guard: "openOneCanBePrinted",
              target: "starting",
              actions: "askToPrintOpenOne",
            },
            back: "choosing",
            "log out": { target: "leaving", actions: "askToLogOut" },
          },
        },
        missing: {
          tags: "missing",
          on: {
            "look for missing": { actions: "askForMissing" },
            back: "choosing",
            "log out": { target: "leaving", actions: "askToLogOut" },
          },
        },
        /** Typing the code of a document; the views tell what becomes of it. */
        code: {
          tags: "code",
          always: [
            { guard: "documentWasTaken", target: "choosing", actions: "chooseTaken" },
            { guard: "codesAreOver", target: "choosing" },
          ],
          on: {
            "type code": { guard: "codeCanBeAsked", actions: "askToTakeByCode" },
            answer: { guard: "answerIsNo", target: "choosing", actions: "sayWhyNot" },
            back: "choosing",
          },
        },
        wishes: {
          tags: "wishes",
          on: {
            prefer: { actions: "askForWish" },
            back: "choosing",
            "log out": { target: "leaving", actions: "askToLogOut" },
          },
        },
        starting: {
          tags: "starting",
          always: [
            { guard: "somethingIsPrinting", target: "printing" },
            { guard: "somethingHasEnded", target: "outcome" },
          ],
          on: {
            answer: { guard: "answerIsNo", target: "choosing", actions: "sayWhyNot" },
          },
          after: { patience: { target: "choosing", actions: "sayNobodyAnswered" } },
        },
        printing: {
          tags: "printing",
          always: { guard: "everythingHasEnded", target: "outcome" },
          on: {
            stop: { actions: "askToStop" },
            "log out": { target: "leaving", actions: "askToLogOut" },
          },
        },
        outcome: {
          tags: "outcome",
          entry: "chooseNothing",
          always: { guard: "somethingIsPrinting", target: "printing" },
          on: {
            continue: { target: "choosing", actions: "putOutcomeAway" },
            "log out": { target: "leaving", actions: "askToLogOut" },
          },
        },
        leaving: {
          tags: "leaving",
          on: {
            answer: { guard: "answerIsNo", target: "choosing", actions: "sayWhyNot" },
          },
          after: { patience: { target: "choosing", actions: "sayNobodyAnswered" } },
        },
      },
    },
    presence: {
      initial: "here",
      states: {
        here: {
          always: { guard: "bridgeWarns", target: "askedWhetherThere" },
          on: { touch: { guard: "touchIsNews", actions: "askToStay" } },
        },
        askedWhetherThere: {
          tags: "still-there",
          always: { guard: "bridgeWarnsNoMore", target: "here" },
          on: { stay: { actions: "askToStay" }, touch: { actions: "askToStay" } },
        },
      },
    },
  },
});
