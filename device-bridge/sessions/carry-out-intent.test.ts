import { beforeEach, describe, expect, it } from "vitest";
import type { Intent } from "../../protocol/kiosk.ts";
import { jobId, releaseId, waitingRelease } from "../release/release.fixture.ts";
import type { Release } from "../release/release.ts";
import { job, lobby, session, site } from "../view/view.fixture.ts";
import { carryOutIntent, type IntentContext } from "./carry-out-intent.ts";
import type { TerminalState } from "./session.ts";
import type { SessionEvent } from "./session-events.ts";

const sessionId = session().sessionId;
const secondJob = "bbbbbbbb-0000-4000-8000-000000000002";
const print: Intent = { kind: "print", sessionId, jobIds: [jobId], device: "mfp" };

let state: TerminalState;
let stored: Map<string, readonly Release[]>;
let events: SessionEvent[];
let cancelled: string[];
let changes: Partial<IntentContext>;

beforeEach(() => {
  state = { kind: "open", session: session() };
  stored = new Map();
  events = [];
  cancelled = [];
  changes = {};
});

function ask(intent: Intent, id = "intent-1") {
  let ids = 0;
  return carryOutIntent(id, intent, {
    terminal: lobby,
    site,
    state: () => state,
    apply: (event) => void events.push(event),
    refreshSoon: () => undefined,
    knowsIntent: (known) => stored.has(known),
    intend: (known, releases) => void stored.set(known, releases),
    cancelRelease: (release) => void cancelled.push(release),
    findRelease: () => waitingRelease(),
    underWay: () => new Set(),
    deviceIsBlocked: () => false,
    now: () => 5,
    newId: () => {
      ids += 1;
      return `release-${ids}`;
    },
    ...changes,
  });
}

describe("print", () => {
  it("stores a release for each document before it says accepted", async () => {
    expect(await ask(print)).toBe("accepted");
    expect(stored.get("intent-1")).toMatchObject([
      { releaseId: "release-1", jobId, device: "mfp", owner: "alice", phase: { kind: "waiting" } },
    ]);
    expect(events).toMatchObject([{ kind: "releasing", releases: [{ releaseId: "release-1" }] }]);
  });

  it("is done once, also when the answer was lost and the session is over by now", async () => {
    await ask(print);
    state = { kind: "free" };
    expect(await ask(print)).toBe("accepted");
    expect(stored.size).toBe(1);
    expect(await ask(print, "intent-2")).toBe("session-over");
  });

  it("is paid by the shared account that was chosen alone, while the person may pay from it", async () => {
    const account = "cccccccc-0000-4000-8000-000000000001";
    const shared = { account, name: "Physics", available: 300, restricted: true };
    const { person } = session();
    const open = session({ payer: account, person: { ...person, sharedAccounts: [shared] } });
    state = { kind: "open", session: open };
    await ask(print);
    expect(stored.get("intent-1")?.[0]?.accounts).toEqual([
      { account, unit: "money", available: 300 },
    ]);
    state = { kind: "open", session: { ...open, person } };
    await ask(print, "intent-2");
    expect(stored.get("intent-2")?.[0]?.accounts).toMatchObject([
      { account: person.accounts[0]?.account },
    ]);
    expect(await ask({ kind: "pay-from", sessionId, account })).toBe("not-possible");
    expect(await ask({ kind: "pay-from", sessionId, account: null })).toBe("accepted");
  });

  it("keeps to the order of the person, and takes each document once", async () => {
    const both = [job(), job({ jobId: secondJob })].map((one) => ({ provider: "p", job: one }));
    state = { kind: "open", session: session({ jobs: both }) };
    await ask({ ...print, jobIds: [secondJob, jobId, secondJob] });
    expect(stored.get("intent-1")?.map((release) => release.jobId)).toEqual([secondJob, jobId]);
  });

  it.each<[string, Partial<Intent>, Partial<IntentContext>]>([
    ["at a device of another terminal", { device: "far" } as Partial<Intent>, {}],
    ["of somebody else's document", { jobIds: [secondJob] } as Partial<Intent>, {}],
    ["at a device that is blocked", {}, { deviceIsBlocked: () => true }],
    ["of a document that is printing", {}, { underWay: () => new Set([jobId]) }],
  ])("is not possible %s", async (_name, intent, context) => {
    changes = context;
    expect(await ask({ ...print, ...intent } as Intent)).toBe("not-possible");
    expect(stored.size).toBe(0);
  });

  it("is not possible at a device that the queue does not name", async () => {
    const corner = [{ provider: "p", job: job({ queue: "corner" }) }];
    state = { kind: "open", session: session({ jobs: corner }) };
    expect(await ask(print)).toBe("not-possible");
    expect(await ask({ ...print, device: "plotter" } as Intent)).toBe("accepted");
  });
});

describe("delete", () => {
  const remove: Intent = { kind: "delete", sessionId, jobIds: [jobId, secondJob] };

  it("holds what is there and not being printed, and nothing else", async () => {
    expect(await ask(remove)).toBe("accepted");
    expect(events).toEqual([{ kind: "deleting", sessionId, jobIds: [jobId] }]);
    changes = { underWay: () => new Set([jobId]) };
    expect(await ask(remove)).toBe("not-possible");
  });

  it("is taken back while it is held, and not later", async () => {
    const undo: Intent = { kind: "undo-delete", sessionId };
    expect(await ask(undo)).toBe("not-possible");
    state = { kind: "open", session: session({ deletion: { jobIds: [jobId], until: 1 } }) };
    expect(await ask(undo)).toBe("accepted");
    expect(events).toEqual([undo]);
    expect(await ask(print)).toBe("not-possible");
  });
});

describe("cancel", () => {
  it("stops a release of the same person only", async () => {
    expect(await ask({ kind: "cancel", sessionId, releaseId })).toBe("accepted");
    expect(cancelled).toEqual([releaseId]);
    changes = { findRelease: () => waitingRelease({ personId: "somebody-else" }) };
    expect(await ask({ kind: "cancel", sessionId, releaseId })).toBe("not-possible");
    expect(cancelled).toEqual([releaseId]);
  });
});

it("does nothing for a session that is over", async () => {
  for (const kind of ["stay", "log-out"] as const)
    expect(await ask({ kind, sessionId: secondJob })).toBe("session-over");
  expect(await ask({ kind: "delete", sessionId: secondJob, jobIds: [jobId] })).toBe("session-over");
  expect(events).toEqual([]);
});

describe("the code of a document of nobody known", () => {
  const type: Intent = { kind: "take-by-code", sessionId, code: "48217731" };

  it("is asked one at a time, and only where there are such documents", async () => {
    expect(await ask(type)).toBe("not-possible");
    const [queue] = site.queues;
    if (queue === undefined) throw new Error("The site has no queue.");
    changes = { site: { ...site, queues: [{ ...queue, unclaimed: true }] } };
    expect(await ask(type)).toBe("accepted");
    state = {
      kind: "open",
      session: session({ code: { state: "asking", pressId: "intent-1" } }),
    };
    expect(await ask(type)).toBe("accepted");
    expect(await ask(type, "intent-2")).toBe("not-possible");
    expect(events).toMatchObject([{ pressId: "intent-1" }, { pressId: "intent-1" }]);
  });
});
