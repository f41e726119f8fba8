import { describe, expect, it } from "vitest";
import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import { decideSession, nextTickAt } from "./decide-session.ts";
import { freeTerminal, type TerminalState, warnAt } from "./session.ts";
import type { SessionEffect, SessionEvent } from "./session-events.ts";

const policy = { idleSeconds: 60, warningSeconds: 20 };
const reader = "lobby/0";
const alice = "66CF4DC2";
const bob = "946EBD28";

function known(login: string): IdentifyReply {
  return {
    kind: "known",
    person: {
      personId: "cccccccc-0000-4000-8000-000000000001",
      login,
      displayName: login,
      role: "user",
      restricted: false,
      accounts: [],
    },
    jobs: [],
  };
}

/** A terminal with a clock of its own. */
function terminal(start: TerminalState = freeTerminal) {
  let state = start;
  let ids = 0;
  const it = {
    now: 0,
    effects: [] as SessionEffect[],
    state: () => state,
    apply(event: SessionEvent): readonly SessionEffect[] {
      ids += 1;
      const context = { now: it.now, policy, newId: `id-${ids}` };
      const decision = decideSession(state, event, context);
      state = decision.state;
      it.effects.push(...decision.effects);
      return decision.effects;
    },
    tap: (cardNumber: string) => it.apply({ kind: "tap", cardNumber, readerId: reader }),
    /** The server answers what was asked last. */
    answer(reply: IdentifyReply) {
      if (state.kind !== "identifying") throw new Error("Nothing was asked.");
      return it.apply({ kind: "identified", askId: state.asking.askId, reply });
    },
    session() {
      if (state.kind !== "open") throw new Error("No session is open.");
      return state.session;
    },
    open(card: string, login: string) {
      it.tap(card);
      it.answer(known(login));
      return it.session();
    },
  };
  return it;
}

const kinds = (effects: readonly SessionEffect[]) =>
  effects.map((effect) => (effect.kind === "feedback" ? effect.feedback : effect.kind));

describe("a tap", () => {
  it("opens the session of whose card it is", () => {
    const lobby = terminal();
    expect(kinds(lobby.tap(alice))).toEqual(["identify"]);
    expect(kinds(lobby.answer(known("alice")))).toEqual(["accepted", "opened"]);
    expect(lobby.session().person.login).toBe("alice");
  });

  it("of a card that nobody has is refused for a few seconds", () => {
    const lobby = terminal();
    lobby.tap(alice);
    const refused = { kind: "refused", reason: "unknown-card" } as const;
    expect(kinds(lobby.answer(refused))).toEqual(["refused"]);
    expect(lobby.state()).toMatchObject({ kind: "refused", notice: "unknown-card" });
    lobby.now = nextTickAt(lobby.state(), { now: 0, policy }) ?? 0;
    expect(lobby.now).toBeGreaterThanOrEqual(3_000);
    lobby.apply({ kind: "tick" });
    expect(lobby.state()).toEqual(freeTerminal);
  });

  it("is answered as offline while the server is away, and can be tried again at once", () => {
    const lobby = terminal();
    lobby.tap(alice);
    const notice = "server-unreachable" as const;
    expect(kinds(lobby.apply({ kind: "not-identified", askId: "id-1", notice }))).toEqual([
      "offline",
    ]);
    expect(kinds(lobby.tap(alice))).toEqual(["identify"]);
  });

  it("while the same card is looked up asks nothing twice", () => {
    const lobby = terminal();
    lobby.tap(alice);
    expect(kinds(lobby.tap(alice))).toEqual(["busy"]);
  });

  it("of the same card logs out", () => {
    const lobby = terminal();
    lobby.open(alice, "alice");
    expect(kinds(lobby.tap(alice))).toEqual(["accepted", "ended"]);
    expect(lobby.state()).toEqual(freeTerminal);
  });

  it("of another card hands the terminal over, and a late answer about the first opens nothing", () => {
    const lobby = terminal();
    const first = lobby.open(alice, "alice");
    expect(kinds(lobby.tap(bob))).toEqual(["ended", "identify"]);
    lobby.apply({ kind: "identified", askId: "id-1", reply: known("alice") });
    expect(lobby.state().kind).toBe("identifying");
    lobby.answer(known("bob"));
    expect(lobby.session().person.login).toBe("bob");
    expect(lobby.session().sessionId).not.toBe(first.sessionId);
  });
});

describe("a session", () => {
  it("warns, and ends when nobody answers", () => {
    const lobby = terminal();
    const session = lobby.open(alice, "alice");
    expect(warnAt(session, policy)).toBe(40_000);
    expect(nextTickAt(lobby.state(), { now: 0, policy })).toBe(40_000);
    lobby.now = 40_000;
    lobby.apply({ kind: "tick" });
    expect(lobby.state().kind).toBe("open");
    expect(nextTickAt(lobby.state(), { now: 40_000, policy })).toBe(60_000);
    lobby.now = 60_000;
    expect(kinds(lobby.apply({ kind: "tick" }))).toEqual(["ended"]);
    expect(lobby.state()).toEqual(freeTerminal);
  });

  it("goes on as often as the person says so", () => {
    const lobby = terminal();
    const { sessionId } = lobby.open(alice, "alice");
    for (let times = 1; times <= 20; times += 1) {
      lobby.now = times * 55_000;
      lobby.apply({ kind: "stay", sessionId });
      lobby.apply({ kind: "tick" });
    }
    expect(lobby.state().kind).toBe("open");
  });

  it("does not mind touches that were meant for another one", () => {
    const lobby = terminal();
    const { sessionId } = lobby.open(alice, "alice");
    const events: SessionEvent[] = [
      { kind: "log-out", sessionId: "other" },
      { kind: "language", sessionId: "other", language: "fr" },
      { kind: "stay", sessionId: "other" },
      { kind: "releasing", sessionId: "other", releases: [{ releaseId: "r", jobId: "j" }] },
    ];
    const before = lobby.session();
    lobby.now = 1_000;
    for (const event of events) lobby.apply(event);
    expect(lobby.session()).toEqual(before);
    lobby.apply({ kind: "log-out", sessionId });
    expect(lobby.state()).toEqual(freeTerminal);
  });

  it("ends, and says why, when the server lets its person in no more", () => {
    const lobby = terminal();
    const { sessionId } = lobby.open(alice, "alice");
    lobby.apply({ kind: "turned-away", sessionId: "other", reason: "disabled" });
    expect(lobby.state().kind).toBe("open");
    lobby.apply({ kind: "turned-away", sessionId, reason: "disabled" });
    expect(lobby.state()).toMatchObject({ kind: "refused", notice: "disabled" });
  });

  it("is not kept open by its own news", () => {
    const lobby = terminal();
    const { sessionId, person } = lobby.open(alice, "alice");
    lobby.now = 59_000;
    lobby.apply({ kind: "refreshed", sessionId, person, jobs: [] });
    lobby.now = 60_000;
    lobby.apply({ kind: "tick" });
    expect(lobby.state()).toEqual(freeTerminal);
  });
});

describe("what releases cost", () => {
  it("is taken off the balance until the server has told one that knows of it", () => {
    const lobby = terminal();
    const { sessionId, person } = lobby.open(alice, "alice");
    const charge = { kind: "charged", sessionId, releaseId: "r1", charged: 500 } as const;
    lobby.apply(charge);
    lobby.apply(charge);
    expect(lobby.session().charges).toEqual([{ releaseId: "r1", charged: 500, inBalance: false }]);
    const asked = { kind: "refreshed", sessionId, person, jobs: [] } as const;
    lobby.apply(asked);
    expect(lobby.session().charges[0]?.inBalance).toBe(false);
    lobby.apply({ ...asked, inBalance: ["r1"] });
    expect(lobby.session().charges[0]?.inBalance).toBe(true);
  });
});

it("asks for a badge again of which only a part may have come, and disturbs nobody who is there", () => {
  const lobby = terminal();
  expect(lobby.apply({ kind: "part-of-card" })).toEqual([]);
  expect(lobby.state()).toMatchObject({ kind: "refused", notice: "try-again" });
  lobby.open(alice, "alice");
  lobby.apply({ kind: "part-of-card" });
  expect(lobby.session().person.login).toBe("alice");
});
