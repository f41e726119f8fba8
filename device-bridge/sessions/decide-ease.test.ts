import { describe, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import { LinkUnreachable } from "../../link/errors.ts";
import { jobId } from "../release/release.fixture.ts";
import { missingView } from "../view/missing-view.ts";
import { terminalView } from "../view/terminal-view.ts";
import { facts, job, lobby, session, site } from "../view/view.fixture.ts";
import { decideSession, nextTickAt } from "./decide-session.ts";
import { deleteJobs } from "./delete-jobs.ts";
import { createKeepPreferences } from "./keep-preferences.ts";
import type { TerminalState } from "./session.ts";
import type { SessionEvent } from "./session-events.ts";

const { sessionId } = session();
const policy = { idleSeconds: 60, warningSeconds: 20 };
const start: TerminalState = { kind: "open", session: session() };

/** What comes of events, each at its moment. */
function whenever(...steps: readonly (readonly [number, SessionEvent])[]) {
  let state: TerminalState = start;
  const effects = steps.flatMap(([now, event]) => {
    const decided = decideSession(state, event, { now, policy, newId: "new" });
    state = decided.state;
    return decided.effects;
  });
  const shown = (now: number) => terminalView(facts({ state, now })).view.session;
  return { state, effects, shown };
}

const deleting: SessionEvent = { kind: "deleting", sessionId, jobIds: [jobId] };

describe("a deletion", () => {
  it("is held for ten seconds, in which the list is without it", () => {
    const { state, effects, shown } = whenever([0, deleting]);
    expect(effects).toEqual([]);
    expect(shown(2_000)).toMatchObject({ documents: [], deletion: { count: 1, undoInMs: 8_000 } });
    expect(nextTickAt(state, { now: 0, policy })).toBe(10_000);
    const due = whenever([0, deleting], [9_999, { kind: "tick" }], [10_000, { kind: "tick" }]);
    expect(due.effects).toMatchObject([{ kind: "delete", jobIds: [jobId] }]);
    expect(due.shown(10_000)?.deletion).toBeUndefined();
    expect(due.shown(10_000)?.documents).toEqual([]);
  });

  it("is taken back as if nothing had been", () => {
    const undone = whenever([0, deleting], [5_000, { kind: "undo-delete", sessionId }]);
    const later = decideSession(undone.state, { kind: "tick" }, { now: 20_000, policy, newId: "" });
    expect([...undone.effects, ...later.effects]).toEqual([]);
    expect(undone.shown(5_000)?.documents).toHaveLength(1);
  });

  it("goes at once with the person", () => {
    const { effects } = whenever([0, deleting], [1_000, { kind: "log-out", sessionId }]);
    expect(effects).toMatchObject([{ kind: "ended" }, { kind: "delete", jobIds: [jobId] }]);
  });

  it("that failed brings the document back, and says so", () => {
    const tick: SessionEvent = { kind: "tick" };
    const failed: SessionEvent = { kind: "not-deleted", sessionId, jobIds: [jobId] };
    const { shown } = whenever([0, deleting], [10_000, tick], [10_500, failed]);
    expect(shown(11_000)).toMatchObject({ notDeleted: 1, documents: [{ jobId }] });
  });

  it("is asked of the provider of each document, and what it keeps is told", async () => {
    const asked: unknown[] = [];
    const provider = (answer: () => Promise<unknown>): Link => {
      const never = () => Promise.reject(new Error("not asked here"));
      const post = (_path: string, body: unknown) => {
        asked.push(body);
        return answer();
      };
      return { post: post as Link["post"], get: never, stream: never, close: () => undefined };
    };
    const gone = provider(() => Promise.resolve({ deleted: [jobId], kept: [] }));
    expect(await deleteJobs(session(), [jobId], () => gone)).toEqual([]);
    expect(asked).toEqual([{ owner: "alice", jobIds: [jobId] }]);
    const away = provider(() => Promise.reject(new LinkUnreachable("away")));
    expect(await deleteJobs(session(), [jobId], () => away)).toEqual([jobId]);
    expect(await deleteJobs(session(), [jobId], () => undefined)).toEqual([jobId]);
  });
});

describe("a person who takes longer", () => {
  it("has that much longer for everything", () => {
    const { state, effects, shown } = whenever([0, { kind: "prefer", sessionId, time: 10 }]);
    expect(effects).toMatchObject([{ kind: "keep-preferences", wants: { time: 10 } }]);
    expect(nextTickAt(state, { now: 0, policy })).toBe(400_000);
    expect(shown(0)).toMatchObject({ time: 10, logOutInMs: 600_000, warning: false });
    const undo = decideSession(state, deleting, { now: 0, policy, newId: "" }).state;
    expect(terminalView(facts({ state: undo })).view.session?.deletion?.undoInMs).toBe(100_000);
  });
});

describe("why a job is not here", () => {
  it("is told from the list at once, and from the server when it answers", () => {
    const jobs = [
      job({ jobId: "a", title: "Coming", state: "receiving" }),
      job({ jobId: "b", title: "Corner", queue: "corner" }),
      job({ jobId: "c", title: "Locked", state: "refused", refusedBecause: "encrypted" }),
      job({ jobId: "d", title: "Here" }),
    ].map((one) => ({ provider: "p", job: one }));
    const terminal = { ...lobby, devices: ["mfp"] };
    const asking = session({ jobs, missing: { state: "asking", ended: [] } });
    expect(missingView(asking, { site, terminal })).toEqual({
      state: "asking",
      login: "alice",
      jobs: [
        { title: "Coming", submittedAt: expect.any(String), because: "coming" },
        expect.objectContaining({ title: "Corner", because: "other-device", places: "Plotter" }),
        expect.objectContaining({ title: "Locked", refusedBecause: "encrypted" }),
      ],
    });
    const look: SessionEvent = { kind: "look-for-missing", sessionId };
    expect(whenever([0, look]).effects).toMatchObject([{ kind: "look-for-missing" }]);
    const over = { title: "Old", submittedAt: "x", endedAt: "y", how: "expired" } as const;
    const found: SessionEvent = { kind: "found-missing", sessionId, ended: [over] };
    expect(whenever([0, look], [1, found]).shown(1)?.missing).toMatchObject({
      state: "known",
      jobs: [{ title: "Old", because: "expired", endedAt: "y" }],
    });
    const silent: SessionEvent = { kind: "found-missing", sessionId, ended: undefined };
    expect(whenever([0, look], [1, silent]).shown(1)?.missing?.state).toBe("partly");
  });

  it("keeps what can only be printed elsewhere out of the list", () => {
    const corner = session({ jobs: [{ provider: "p", job: job({ queue: "corner" }) }] });
    const at = (devices: string[]) =>
      terminalView(
        facts({ terminal: { ...lobby, devices }, state: { kind: "open", session: corner } }),
      ).view.session?.documents;
    expect(at(["mfp"])).toEqual([]);
    expect(at(["mfp", "plotter"])).toHaveLength(1);
  });
});

describe("what a person chose", () => {
  it("is told to the server when it is back, the newest of each kind", async () => {
    const told: unknown[] = [];
    const answers = [() => Promise.reject(new LinkUnreachable("away"))];
    const post = (_path: string, body: unknown) => {
      told.push(body);
      return answers.shift()?.() ?? Promise.resolve({ kept: true });
    };
    const never = () => Promise.reject(new Error("not asked here"));
    const server: Link = {
      post: post as Link["post"],
      get: never,
      stream: never,
      close: () => undefined,
    };
    const keeping = createKeepPreferences({ server });
    keeping.keep("p1", { language: "fr" });
    keeping.keep("p1", { language: "en", time: 3 });
    await new Promise(setImmediate);
    expect(told).toHaveLength(1);
    keeping.wake();
    await new Promise(setImmediate);
    expect(told.slice(1)).toEqual([{ personId: "p1", wants: { language: "en", time: 3 } }]);
  });
});
