import { expect, it } from "vitest";
import type { UidJudgement } from "../../card-readers/numbers/judge-uid.ts";
import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import { decideSession } from "./decide-session.ts";
import { freeTerminal, type TerminalState } from "./session.ts";

const context = { now: 0, policy: { idleSeconds: 60, warningSeconds: 20 }, newId: "id" };
const unknown: IdentifyReply = {
  kind: "refused",
  reason: "unknown-card",
  linkBy: ["code", "password"],
};

function tap(uid: UidJudgement, state: TerminalState = freeTerminal) {
  const event = { kind: "tap", cardNumber: "08A1B2C3", readerId: "lobby/0", uid } as const;
  return decideSession(state, event, context);
}

function answered(uid: UidJudgement, reply: IdentifyReply) {
  const { state } = tap(uid);
  return decideSession(state, { kind: "identified", askId: "id", reply }, context);
}

it("refuses a card that tells another number at every tap, and asks nobody about it", () => {
  const { state, effects } = tap("random");
  expect(state).toMatchObject({ kind: "refused", notice: "changing-card" });
  expect(effects).toEqual([{ kind: "feedback", readerId: "lobby/0", feedback: "refused" }]);
});

it("links no card that may be one, but lets in whoever has that number", () => {
  expect(answered("perhaps", unknown).state).toMatchObject({
    kind: "refused",
    notice: "changing-card",
  });
  expect(answered("perhaps", { kind: "needs-pin" }).state).toMatchObject({ kind: "signing-in" });
});

it("links what begins with 80, which honest cards do, too", () => {
  expect(answered("suspect", unknown).state).toMatchObject({ kind: "signing-in" });
});
