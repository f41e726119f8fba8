import { expect, it } from "vitest";
import type { ListedJob } from "../../protocol/bridge-server.ts";
import { decideCode, withTaken } from "./decide-code.ts";
import type { Session } from "./session.ts";

const listed = (jobId: string): ListedJob => ({
  provider: "main",
  job: {
    jobId,
    revision: 1,
    queue: "guests",
    owner: "alice",
    title: jobId,
    state: "held",
    submittedAt: "2026-11-21T09:12:00.000Z",
  },
});
const session = { sessionId: "s", jobs: [listed("old")], lastSeenAt: 0 } as unknown as Session;
const type = (pressId: string) =>
  ({ kind: "type-code", sessionId: "s", pressId, code: "12345678" }) as const;

it("asks once for each press, and keeps no code", () => {
  const asked = decideCode(session, type("one"), { now: 5 });
  expect(asked.effects).toHaveLength(1);
  expect(JSON.stringify(asked.session)).not.toContain("12345678");
  for (const press of ["one", "two"])
    expect(decideCode(asked.session, type(press), { now: 6 }).effects).toEqual([]);
});

it("shows a taken job at once, until the server's list knows it", () => {
  const asked = decideCode(session, type("one"), { now: 5 });
  const answer = { kind: "taken", job: listed("new") } as const;
  const event = { kind: "code-answered", sessionId: "s", pressId: "one", answer } as const;
  const { session: after } = decideCode(asked.session, event, { now: 6 });
  const ids = (jobs: readonly ListedJob[]) => jobs.map(({ job }) => job.jobId);
  expect(ids(after.jobs)).toEqual(["new", "old"]);
  expect(after.code).toEqual({ state: "taken", pressId: "one", jobId: "new" });
  const told = [listed("old")];
  expect(ids(withTaken(told, after.taken, 1_000))).toEqual(["new", "old"]);
  expect(ids(withTaken([listed("new"), ...told], after.taken, 1_000))).toEqual(["new", "old"]);
  // Long after that the server is right: it was printed, or deleted elsewhere.
  expect(ids(withTaken(told, after.taken, 60_000))).toEqual(["old"]);
});

it("lets a late answer to an earlier press change nothing", () => {
  const asked = decideCode(session, type("two"), { now: 5 });
  const late = {
    kind: "code-answered",
    sessionId: "s",
    pressId: "one",
    answer: { kind: "wrong" },
  } as const;
  expect(decideCode(asked.session, late, { now: 6 }).session).toBe(asked.session);
});
