import { expect, it } from "vitest";
import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import { decideSession } from "./decide-session.ts";
import { freeTerminal } from "./session.ts";

const context = {
  now: 0,
  policy: { idleSeconds: 60, warningSeconds: 20 },
  newId: "id",
  isScreenless: true,
};

function tapped(reply: IdentifyReply) {
  const tap = { kind: "tap", cardNumber: "08A1B2C3", readerId: "hall/0" } as const;
  const { state } = decideSession(freeTerminal, tap, context);
  return decideSession(state, { kind: "identified", askId: "id", reply }, context);
}

it.each<[string, IdentifyReply]>([
  ["a PIN", { kind: "needs-pin" }],
  [
    "an unknown card to be linked",
    { kind: "refused", reason: "unknown-card", linkBy: ["code", "password"] },
  ],
])(
  "a terminal without a screen waits for nobody to type: %s is refused with a beep",
  (_, reply) => {
    const { state, effects } = tapped(reply);
    expect(state.kind).toBe("refused");
    expect(effects).toEqual([{ kind: "feedback", readerId: "hall/0", feedback: "refused" }]);
  },
);
