import { describe, expect, it } from "vitest";
import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import { decideSession, nextTickAt } from "./decide-session.ts";
import { freeTerminal, type TerminalState } from "./session.ts";
import type { SessionEffect, SessionEvent } from "./session-events.ts";

const policy = { idleSeconds: 60, warningSeconds: 20 };
const known: IdentifyReply = {
  kind: "known",
  person: {
    personId: "cccccccc-0000-4000-8000-000000000001",
    login: "alice",
    displayName: "Alice",
    role: "user",
    restricted: false,
    accounts: [],
  },
  jobs: [],
};

/** A terminal with a clock of its own. */
function terminal() {
  let state: TerminalState = freeTerminal;
  let ids = 0;
  const it = {
    now: 0,
    state: () => state,
    apply(event: SessionEvent): readonly SessionEffect[] {
      ids += 1;
      const decision = decideSession(state, event, { now: it.now, policy, newId: `id-${ids}` });
      state = decision.state;
      return decision.effects;
    },
    tap: (cardNumber: string) => it.apply({ kind: "tap", cardNumber, readerId: "lobby/0" }),
    dialogue() {
      if (state.kind !== "signing-in") throw new Error(`It is ${state.kind}.`);
      return state.dialogue;
    },
    type(secret: string, name?: string, pressId = `press-${ids}`) {
      const { signInId } = it.dialogue();
      return it.apply({ kind: "sign-in", signInId, pressId, name, secret });
    },
    /** The server answers what was asked last. */
    answer(reply: IdentifyReply) {
      const askId =
        state.kind === "identifying"
          ? state.asking.askId
          : state.kind === "signing-in"
            ? state.dialogue.askId
            : undefined;
      if (askId === undefined) throw new Error("Nothing was asked.");
      return it.apply({ kind: "identified", askId, reply });
    },
  };
  return it;
}

const asked = (effects: readonly SessionEffect[]) =>
  effects.flatMap((effect) => (effect.kind === "identify" ? [effect.request] : []));

describe("a card that needs a PIN", () => {
  it("asks for it, and opens the session that the card closes again", () => {
    const lobby = terminal();
    lobby.tap("66CF4DC2");
    lobby.answer({ kind: "needs-pin" });
    expect(lobby.dialogue()).toMatchObject({ step: "pin" });
    expect(asked(lobby.type("4711"))).toEqual([
      { way: "card", cardNumber: "66CF4DC2", pin: "4711" },
    ]);
    lobby.answer(known);
    expect(lobby.state().kind).toBe("open");
    lobby.tap("66CF4DC2");
    expect(lobby.state().kind).toBe("free");
  });

  it("is not asked for twice when it lies on the reader, and makes way for another card", () => {
    const lobby = terminal();
    lobby.tap("66CF4DC2");
    lobby.answer({ kind: "needs-pin" });
    expect(asked(lobby.tap("66CF4DC2"))).toEqual([]);
    expect(lobby.dialogue().step).toBe("pin");
    expect(asked(lobby.tap("946EBD28"))).toEqual([{ way: "card", cardNumber: "946EBD28" }]);
  });
});

describe("whoever types", () => {
  it("is asked for once for each press, however often the screen repeats it", () => {
    const lobby = terminal();
    lobby.apply({ kind: "sign-in-start", way: "number-pin" });
    expect(asked(lobby.type("4711", "1001", "press"))).toHaveLength(1);
    expect(asked(lobby.type("4711", "1001", "press"))).toEqual([]);
    lobby.answer({ kind: "refused", reason: "wrong" });
    expect(lobby.dialogue()).toMatchObject({ problem: "wrong", askId: undefined });
    expect(asked(lobby.type("4711", "1001", "press"))).toEqual([]);
    expect(asked(lobby.type("4712", "1001", "other"))).toHaveLength(1);
  });

  it("waits when the server says so, and is not sent away meanwhile", () => {
    const lobby = terminal();
    lobby.apply({ kind: "sign-in-start", way: "name-password" });
    lobby.type("wrong", "alice");
    lobby.answer({ kind: "slow-down", seconds: 300 });
    expect(asked(lobby.type("right", "alice"))).toEqual([]);
    lobby.now = 299_000;
    lobby.apply({ kind: "tick" });
    expect(lobby.dialogue().problem).toBe("slow-down");
    lobby.now = nextTickAt(lobby.state(), { now: lobby.now, policy }) ?? 0;
    expect(lobby.now).toBe(300_000);
    lobby.apply({ kind: "tick" });
    expect(lobby.dialogue().problem).toBeUndefined();
    expect(asked(lobby.type("right", "alice"))).toHaveLength(1);
  });

  it("leaves nothing of a secret in the terminal's state", () => {
    const lobby = terminal();
    lobby.apply({ kind: "sign-in-start", way: "name-password" });
    lobby.type("correct horse", "alice");
    expect(JSON.stringify(lobby.state())).not.toContain("horse");
    lobby.answer(known);
    expect(JSON.stringify(lobby.state())).not.toContain("horse");
  });

  it("is forgotten after the time-out, but not while typing", () => {
    const lobby = terminal();
    lobby.apply({ kind: "sign-in-start", way: "number-pin" });
    const { signInId } = lobby.dialogue();
    lobby.now = 50_000;
    lobby.apply({ kind: "sign-in-touch", signInId });
    lobby.now = 100_000;
    lobby.apply({ kind: "tick" });
    expect(lobby.state().kind).toBe("signing-in");
    lobby.now = 110_000;
    lobby.apply({ kind: "tick" });
    expect(lobby.state()).toEqual(freeTerminal);
  });

  it("does not disturb whoever is signed in, and late touches of another dialogue do nothing", () => {
    const lobby = terminal();
    lobby.apply({ kind: "sign-in-start", way: "number-pin" });
    lobby.apply({ kind: "sign-in-cancel", signInId: "another" });
    expect(lobby.state().kind).toBe("signing-in");
    lobby.type("4711", "1001");
    lobby.answer(known);
    lobby.apply({ kind: "sign-in-start", way: "number-pin" });
    expect(lobby.state().kind).toBe("open");
  });
});

describe("a card that nobody has", () => {
  it("can be linked where that is open, and opens the session then", () => {
    const lobby = terminal();
    lobby.tap("0000AAAA");
    lobby.answer({ kind: "refused", reason: "unknown-card", linkBy: ["code"] });
    const { signInId } = lobby.dialogue();
    lobby.apply({ kind: "sign-in-choose", signInId, way: "password" });
    expect(lobby.dialogue().step).toBe("link");
    lobby.apply({ kind: "sign-in-choose", signInId, way: "code" });
    expect(asked(lobby.type("12345678"))).toEqual([
      { way: "link-by-code", cardNumber: "0000AAAA", code: "12345678" },
    ]);
    lobby.answer(known);
    expect(lobby.state()).toMatchObject({ session: { cardNumber: "0000AAAA" } });
  });

  it("is looked up once more when it is tapped again: the help desk may know it by now", () => {
    const lobby = terminal();
    lobby.tap("0000AAAA");
    lobby.answer({ kind: "refused", reason: "unknown-card", linkBy: ["code"] });
    expect(asked(lobby.tap("0000AAAA"))).toHaveLength(1);
    lobby.answer(known);
    expect(lobby.state().kind).toBe("open");
  });
});
