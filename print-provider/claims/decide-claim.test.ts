import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClaimableJob } from "./claim-state.ts";
import { type ClaimAnswer, type ClaimAsk, decideClaim } from "./decide-claim.ts";
import { decideFinish, type FinishAsk } from "./decide-finish.ts";

const held: ClaimableJob = {
  state: "held",
  ownerKey: "alice",
  onHold: false,
  fence: 0,
  releases: new Map(),
};
const ask: ClaimAsk = {
  releaseId: "r1",
  attempt: 1,
  bridge: "lobby",
  device: "mfp",
  ownerKey: "alice",
  deviceAllowed: true,
};

function claimed(job: ClaimableJob, wanted: ClaimAsk = ask): { job: ClaimableJob; fence: number } {
  const { next, reply } = decideClaim(job, wanted);
  if (reply.kind !== "claimed") throw new Error(reply.reason);
  return { job: next, fence: reply.fence };
}

function refusal(job: ClaimableJob, wanted: ClaimAsk): string {
  const { reply } = decideClaim(job, wanted);
  return reply.kind === "refused" ? reply.reason : "claimed";
}

describe("a claim", () => {
  it("is given once, and asking again gives the same answer", () => {
    const { job, fence } = claimed(held);
    expect(job.state).toBe("claimed");
    const again = decideClaim(job, ask);
    expect(again).toEqual({ next: job, reply: { kind: "claimed", fence } });
  });

  it("is renewed by a newer attempt of its holder, after which the older one is stale", () => {
    const first = claimed(held);
    const second = claimed(first.job, { ...ask, attempt: 2 });
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(refusal(second.job, ask)).toBe("stale");
    const late: FinishAsk = { ...ask, fence: first.fence, outcome: "given-back" };
    expect(decideFinish(second.job, late)).toEqual({ next: second.job, reply: "stale" });
  });

  it("is refused to another release, another bridge, another owner and another device", () => {
    const { job } = claimed(held);
    expect(refusal(job, { ...ask, releaseId: "r2" })).toBe("claimed-by-another");
    expect(refusal(job, { ...ask, bridge: "hall" })).toBe("claimed-by-another");
    expect(refusal(held, { ...ask, ownerKey: "bob" })).toBe("not-yours");
    expect(refusal(held, { ...ask, deviceAllowed: false })).toBe("wrong-device");
    expect(refusal(job, { ...ask, attempt: 2, device: "other" })).toBe("stale");
  });

  it.each([
    ["receiving", "not-ready"],
    ["analysing", "not-ready"],
    ["printed", "already-printed"],
    ["uncertain", "uncertain"],
    ["refused", "gone"],
    ["cancelled", "gone"],
    ["expired", "gone"],
  ] as const)("of a job that is %s is refused as %s", (state, reason) => {
    expect(refusal({ ...held, state }, ask)).toBe(reason);
  });

  it("that was refused stays refused for that attempt, also when the job is free later", () => {
    const busy = claimed(held);
    const other = { ...ask, releaseId: "r2" };
    const { next } = decideClaim(busy.job, other);
    const free = decideFinish(next, { ...ask, fence: busy.fence, outcome: "given-back" }).next;
    expect(refusal(free, other)).toBe("claimed-by-another");
    expect(refusal(free, { ...other, attempt: 2 })).toBe("claimed");
  });
});

describe("the end of a claim", () => {
  it.each([
    ["printed", "printed", "already-printed"],
    ["given-back", "held", "stale"],
    ["uncertain", "uncertain", "uncertain"],
  ] as const)(
    "as %s leaves the job %s; said again it is done, and a late claim of it is %s",
    (...[outcome, state, late]) => {
      const { job, fence } = claimed(held);
      const ended = decideFinish(job, { ...ask, fence, outcome });
      expect(ended.reply).toBe("done");
      expect(ended.next.state).toBe(state);
      expect(decideFinish(ended.next, { ...ask, fence, outcome })).toEqual({
        next: ended.next,
        reply: "done",
      });
      expect(refusal(ended.next, ask)).toBe(late);
      expect(refusal(ended.next, { ...ask, attempt: 9 })).toBe(late);
    },
  );

  it("keeps what came out before when it is given back", () => {
    const { job, fence } = claimed(held);
    const partlyPrinted = { printed: 3, wanted: 10 };
    const given = decideFinish(job, { ...ask, fence, outcome: "given-back", partlyPrinted }).next;
    expect(given.partlyPrinted).toEqual(partlyPrinted);
    const second = claimed(given, { ...ask, releaseId: "r2" });
    const unprinted: FinishAsk = {
      ...ask,
      releaseId: "r2",
      fence: second.fence,
      outcome: "given-back",
    };
    expect(decideFinish(second.job, unprinted).next.partlyPrinted).toEqual(partlyPrinted);
  });

  it("leaves an uncertain job alone until its decision comes with the same fence", () => {
    const { job, fence } = claimed(held);
    const uncertain = decideFinish(job, { ...ask, fence, outcome: "uncertain" }).next;
    const wrong = decideFinish(uncertain, { ...ask, fence: fence + 1, outcome: "given-back" });
    expect(wrong).toEqual({ next: uncertain, reply: "stale" });
    expect(decideFinish(uncertain, { ...ask, fence, outcome: "printed" }).next.state).toBe(
      "printed",
    );
    expect(decideFinish(uncertain, { ...ask, fence, outcome: "given-back" }).next.state).toBe(
      "held",
    );
  });

  it("that arrives before its claim does makes the claim stale", () => {
    const early = decideFinish(held, { ...ask, fence: 0, outcome: "given-back" });
    expect(early.reply).toBe("stale");
    expect(early.next.state).toBe("held");
    expect(refusal(early.next, ask)).toBe("stale");
  });
});

const asks = fc.record({
  releaseId: fc.constantFrom("r1", "r2", "r3"),
  attempt: fc.integer({ min: 1, max: 3 }),
  bridge: fc.constantFrom("lobby", "hall"),
  device: fc.constantFrom("mfp", "other"),
  ownerKey: fc.constantFrom("alice", "alice", "alice", "bob"),
  deviceAllowed: fc.boolean(),
});
const finishes = fc.record({
  releaseId: fc.constantFrom("r1", "r2", "r3"),
  attempt: fc.integer({ min: 1, max: 3 }),
  fence: fc.integer({ min: 0, max: 6 }),
  bridge: fc.constantFrom("lobby", "hall"),
  outcome: fc.constantFrom("printed" as const, "given-back" as const, "uncertain" as const),
});
const messages = fc.array(
  fc.oneof(
    asks.map((claim) => ({ kind: "claim" as const, claim })),
    finishes.map((finish) => ({ kind: "finish" as const, finish })),
  ),
  { maxLength: 40 },
);

describe("whatever messages come, in whatever order and however often", () => {
  it("one release at most has the job, fences grow, and an answered attempt keeps its answer", () => {
    fc.assert(
      fc.property(messages, (history) => {
        let job = held;
        const answers = new Map<string, ClaimAnswer>();
        const given = new Set<number>();
        for (const message of history) {
          const before = job;
          if (message.kind === "finish") {
            const { next, reply } = decideFinish(job, message.finish);
            job = next;
            if (reply === "stale") expect(job.state).toBe(before.state);
          } else {
            const { next, reply } = decideClaim(job, message.claim);
            job = next;
            checkAnswer(message.claim, reply, answers, given);
          }
          checkJob(before, job);
        }
      }),
      { numRuns: process.env.GUICHET_SOAK === "1" ? 200_000 : 3_000, seed: 20 },
    );
  }, 600_000);
});

function checkAnswer(
  { releaseId, attempt, bridge, device }: ClaimAsk,
  reply: ClaimAnswer,
  answers: Map<string, ClaimAnswer>,
  given: Set<number>,
): void {
  if (reply.kind !== "claimed") return;
  const id = [releaseId, attempt, bridge, device].join(" ");
  const before = answers.get(id);
  if (before === undefined) {
    expect(given.has(reply.fence)).toBe(false);
    given.add(reply.fence);
    answers.set(id, reply);
  } else expect(reply).toEqual(before);
}

function checkJob(before: ClaimableJob, job: ClaimableJob): void {
  const states = [...job.releases.values()].map(({ state }) => state);
  expect(states.filter((state) => state === "open")).toHaveLength(job.state === "claimed" ? 1 : 0);
  expect(states.filter((state) => state === "uncertain")).toHaveLength(
    job.state === "uncertain" ? 1 : 0,
  );
  expect(job.fence).toBeGreaterThanOrEqual(before.fence);
  if (before.state === "printed") expect(job.state).toBe("printed");
}
