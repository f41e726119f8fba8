import { describe, expect, it } from "vitest";
import {
  documentSent,
  finished,
  kinds,
  outcomeOf,
  play,
  printing,
  times,
} from "./course.fixture.ts";
import { pollsUnanswered } from "./limits.ts";
import { sampled, toFirstByte } from "./release.fixture.ts";
import type { Phase } from "./release.ts";
import type { ReleaseEvent } from "./release-event.ts";

describe("a device that cannot be reached", () => {
  it("is asked on and on, slower and slower, and the person is told", () => {
    const { release, facts, last } = printing(...times(10, { kind: "unseen" }));
    expect(release.phase).toMatchObject({ watch: { problem: "unreachable" } });
    expect(facts).toEqual([]);
    expect(last).toMatchObject([{ kind: "poll", afterMs: 10_000 }]);
  });

  it("is given up after about an hour, unpaid", () => {
    const { facts } = printing(
      sampled({ impressions: 2 }),
      ...times(pollsUnanswered, { kind: "unseen" }),
    );
    expect(facts).toMatchObject([{ kind: "uncertain", why: "device-gone", atLeast: 2 }]);
  });
});

it("cancels an empty job of the same name that a Create-Job said twice has left", () => {
  const looked: ReleaseEvent = { kind: "job-looked-up", deviceJobIds: [4, 5] };
  const { last, release } = printing(documentSent, looked);
  expect(last).toMatchObject([{ kind: "cancelJob", deviceJobId: 4 }]);
  const { release: later } = play([{ kind: "cancel-answered", deviceJobId: 4 }], release);
  expect(later.phase).toMatchObject({ kind: "printing", watch: { cancel: "no" } });
});

describe("an upload that breaks", () => {
  const cut = (whole: boolean): ReleaseEvent => ({
    kind: "document-not-sent",
    begun: true,
    whole,
    side: "device",
  });

  it("is never begun again: what the device has of it is cancelled, and its word counts", () => {
    const { last, effects, facts } = printing(cut(false));
    expect(kinds(last)).toEqual(["cancelJob"]);
    expect(effects.filter(({ kind }) => kind === "sendDocument")).toHaveLength(1);
    expect(facts).toEqual([]);
    const ended = printing(
      cut(false),
      ...times(3, sampled({ state: "canceled", impressions: 2 }, { counter: 1002 })),
    );
    expect(ended.facts).toMatchObject([{ kind: "settle", impressions: 2 }]);
  });

  it("is not cancelled when only the answer is missing", () => {
    const { last, facts } = printing(
      cut(true),
      sampled({ state: "completed", impressions: 10 }, { counter: 1010 }),
    );
    expect(kinds(last)).toEqual(["finishClaim"]);
    expect(facts).toMatchObject([{ kind: "settle", impressions: 10 }]);
  });

  it("is cancelled when the device goes on waiting for it", () => {
    const waits = times(25, sampled({ state: "waiting", incoming: true }));
    expect(kinds(printing(cut(true), ...waits).last)).toEqual(["cancelJob", "poll"]);
  });
});

describe("a person who changes their mind", () => {
  const cancel: ReleaseEvent = { kind: "cancel-wanted" };

  it("pays nothing before the first byte, at whatever step", () => {
    for (let steps = 0; steps < toFirstByte.length; steps += 1) {
      const { release, facts, effects } = play([
        ...toFirstByte.slice(0, steps),
        cancel,
        ...toFirstByte.slice(steps),
      ]);
      expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: "cancelled" });
      expect(kinds(effects)).not.toContain("sendDocument");
      expect(facts.every(({ kind }) => kind === "void")).toBe(true);
    }
  });

  it("pays what came out until the device had stopped", () => {
    const { last, release } = printing(documentSent, sampled({ impressions: 2 }), cancel);
    expect(kinds(last)).toEqual(["cancelJob"]);
    const stopping = { state: "processing", stillPrinting: true, impressions: 4 } as const;
    const { facts } = play(
      [
        { kind: "cancel-answered", deviceJobId: 5 },
        sampled(stopping, { state: "processing", counter: 1004 }),
        ...times(3, sampled({ state: "canceled", impressions: 5 }, { counter: 1005 })),
      ],
      release,
    );
    expect(facts).toMatchObject([{ kind: "settle", impressions: 5, legs: [{ amount: 2500 }] }]);
  });

  it("is not forgotten by a device that does not answer", () => {
    const { last } = printing(cancel, { kind: "cancel-unanswered", deviceJobId: 5 });
    expect(last).toMatchObject([{ kind: "cancelJob" }]);
  });
});

describe("a bridge that is started again", () => {
  const again: ReleaseEvent = { kind: "started-again", late: false };
  const late: ReleaseEvent = { kind: "started-again", late: true };
  const at = (steps: number, event: ReleaseEvent) => play([...toFirstByte.slice(0, steps), event]);

  it.each([
    [1, ["claim"]],
    [3, ["findJobByName"]],
    [4, ["findJobByName"]],
    [5, ["poll"]],
  ] as const)("goes on from step %i by asking again", (steps, effects) => {
    expect(kinds(at(steps, again).last)).toEqual(effects);
  });

  it("cancels a job that it finds without a document, and gives everything back", () => {
    const { last, facts, release } = play([
      ...toFirstByte.slice(0, 4),
      again,
      { kind: "job-looked-up", deviceJobIds: [5] },
    ]);
    expect(kinds(last)).toEqual(["cancelJob", "finishClaim"]);
    expect(facts).toMatchObject([{ kind: "void" }]);
    expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: "stopped" });
  });

  it("asks for the money again where nothing was asked of the device yet", () => {
    const { last } = play([{ kind: "start", late: false }, toFirstByte[2] ?? again, again]);
    expect(kinds(last)).toEqual(["reserve"]);
  });

  it("prints nothing to an empty room", () => {
    expect(at(1, late).release.phase.kind).toBe("withdrawing");
    const cleared = play([{ kind: "job-looked-up", deviceJobIds: [] }], at(3, late).release);
    expect(outcomeOf(cleared.release)).toEqual({ kind: "not-printed", reason: "stopped" });
    expect(play([{ kind: "start", late: true }]).release.phase.kind).toBe("closed");
  });

  it("finishes what it had decided", () => {
    const ended = printing(sampled({ state: "completed", impressions: 10 }, { counter: 1010 }));
    const { last, facts } = play([again], ended.release);
    expect([kinds(last), facts]).toEqual([["finishClaim"], []]);
  });
});

describe("what nobody can know", () => {
  const lost = () => printing(...times(3, sampled(undefined, { counter: undefined })));
  const decided = (decision: "printed" | "not-printed", impressions?: number): ReleaseEvent => ({
    kind: "decided",
    decision,
    ...(impressions === undefined ? {} : { impressions }),
  });
  const phaseOf = ({ phase }: { phase: Phase }) => phase.kind;

  it("stays unpaid and unclaimable until a person decides", () => {
    const { release, effects } = lost();
    expect(effects.slice(-1)).toMatchObject([
      { kind: "finishClaim", request: { outcome: "uncertain" } },
    ]);
    const waiting = play([finished], release);
    expect(phaseOf(waiting.release)).toBe("undecided");
    expect(waiting.facts).toEqual([]);
  });

  it.each([
    ["printed", undefined, 5000, "printed"],
    ["printed", 4, 2000, "printed"],
    ["not-printed", undefined, undefined, "given-back"],
  ] as const)("is charged as the person decides: %s %s", (decision, sides, charged, finish) => {
    const waiting = play([finished], lost().release);
    const { facts, last } = play([decided(decision, sides)], waiting.release);
    const legs = charged === undefined ? [] : [{ amount: charged }];
    expect(facts).toMatchObject([{ kind: "decided", decision, legs }]);
    expect(last).toMatchObject([{ request: { outcome: finish } }]);
  });

  it("carries a decision out once, also when it comes before the provider has answered", () => {
    const { release, facts } = play(
      [decided("printed"), decided("printed"), finished, decided("not-printed"), finished],
      lost().release,
    );
    expect(facts).toMatchObject([{ kind: "decided", decision: "printed" }]);
    expect(phaseOf(release)).toBe("closed");
  });
});
