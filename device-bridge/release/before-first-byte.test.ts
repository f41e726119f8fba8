import { describe, expect, it } from "vitest";
import {
  documentSent,
  finished,
  finishOf,
  kinds,
  outcomeOf,
  play,
  printing,
  times,
} from "./course.fixture.ts";
import { claimed, sampled, sidePrice, toFirstByte, waitingRelease } from "./release.fixture.ts";
import type { ReleaseEvent } from "./release-event.ts";

describe("a release that goes well", () => {
  it("claims, reserves the whole price, makes the device's job, sends once, watches, settles, finishes", () => {
    const all = printing(
      documentSent,
      sampled({ impressions: 4 }, { state: "processing", counter: 1004 }),
      sampled({ state: "completed", impressions: 10 }, { counter: 1010 }),
      finished,
    );
    expect(kinds(all.effects)).toEqual([
      "claim",
      "lookAtDevice",
      "reserve",
      "createJob",
      "sendDocument",
      "poll",
      "findJobByName",
      "poll",
      "finishClaim",
      "closed",
    ]);
    const reserve = all.effects.find((effect) => effect.kind === "reserve");
    expect(reserve?.request).toMatchObject({ priceVersion: 3, legs: [{ amount: 10 * sidePrice }] });
    expect(all.facts).toMatchObject([
      { kind: "settle", impressions: 10, evidence: "job-counters", legs: [{ amount: 5000 }] },
    ]);
    expect(outcomeOf(all.release)).toEqual({ kind: "printed", impressions: 10, charged: 5000 });
  });

  it("tells the device a neutral name", () => {
    const create = printing().effects.find((effect) => effect.kind === "createJob");
    expect(create?.jobName).toBe("Guichet aaaaaaaa");
  });
});

/** The claim was answered before the device was: only the server is asked. */
const claimedFirst: ReleaseEvent[] = [
  { kind: "start", late: false },
  { kind: "claim-answered", reply: claimed },
];

describe("before a byte was documentSent, everything is given back", () => {
  it.each([
    ["claimed-by-another", "printed-elsewhere"],
    ["already-printed", "printed-elsewhere"],
    ["uncertain", "waiting-for-decision"],
    ["gone", "gone"],
  ] as const)("a claim refused as %s ends it without a word to the server", (reason, shown) => {
    const refused: ReleaseEvent = {
      kind: "claim-answered",
      reply: { kind: "refused", reason },
    };
    const { release, facts, last } = play([{ kind: "start", late: false }, refused]);
    expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: shown });
    expect([facts, kinds(last)]).toEqual([[], ["closed"]]);
  });

  it("a reservation that is refused ends the claim, and the release itself at the server", () => {
    const refused: ReleaseEvent = {
      kind: "reserve-answered",
      reply: { kind: "refused", reason: "not-enough-credit" },
    };
    const { release, facts, last } = play([claimedFirst, refused].flat());
    expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: "not-enough-credit" });
    expect(facts).toMatchObject([{ kind: "void" }]);
    expect(last).toMatchObject([{ kind: "finishClaim", request: { outcome: "given-back" } }]);
  });

  it("a provider that stays silent is told to the person soon, and asked in the background for ever", () => {
    const silent = times(6, { kind: "claim-unanswered" });
    const given = play([{ kind: "start", late: false }, ...silent]);
    expect(given.release.phase).toMatchObject({
      kind: "withdrawing",
      reason: "document-unreachable",
    });
    const later = play([...times(50, { kind: "claim-unanswered" })], given.release);
    expect(later.last).toMatchObject([{ kind: "claim" }]);
    const found = play([{ kind: "claim-answered", reply: claimed }], later.release);
    expect(found.last).toMatchObject([
      { kind: "finishClaim", request: { fence: 7, outcome: "given-back" } },
    ]);
    expect(found.facts).toEqual([]);
  });

  it("a server that stays silent voids what it may have reserved", () => {
    const silent = times(6, { kind: "reserve-unanswered" });
    const { release, facts } = play([claimedFirst, silent].flat());
    expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: "server-unreachable" });
    expect(facts).toMatchObject([{ kind: "void" }]);
  });

  it("a device that refuses the job, or is not there", () => {
    const refused: ReleaseEvent = { kind: "create-refused", temporary: false };
    expect(outcomeOf(play([...toFirstByte.slice(0, 4), refused]).release)).toMatchObject({
      reason: "device-refused",
    });
    const unseen = times(6, { kind: "device-unseen" });
    const gone = play([
      { kind: "start", late: false },
      { kind: "claim-answered", reply: claimed },
      { kind: "reserve-answered", reply: { kind: "reserved" } },
      ...unseen,
    ]);
    expect(outcomeOf(gone.release)).toMatchObject({ reason: "device-unreachable" });
    expect(gone.facts).toMatchObject([{ kind: "void" }]);
  });

  it("a busy device is waited for", () => {
    const busy = times(3, { kind: "create-refused", temporary: true } as const);
    const { last } = play([...toFirstByte.slice(0, 4), ...busy]);
    expect(last).toMatchObject([{ kind: "createJob", afterMs: 2000 }]);
  });

  it("a Create-Job without an answer is looked for and cancelled before it is made again", () => {
    const { effects } = play([
      ...toFirstByte.slice(0, 4),
      { kind: "create-unanswered" },
      { kind: "job-looked-up", deviceJobIds: [5] },
    ]);
    expect(kinds(effects.slice(-3))).toEqual(["findJobByName", "cancelJob", "createJob"]);
  });

  it("a document that the provider does not hand out, or a device that is gone at the first byte", () => {
    const fails = (side: "provider" | "device"): ReleaseEvent => ({
      kind: "document-not-sent",
      begun: false,
      whole: false,
      side,
    });
    const provider = printing(fails("provider"));
    expect(outcomeOf(provider.release)).toMatchObject({ reason: "document-unreachable" });
    expect(provider.facts).toMatchObject([{ kind: "void" }]);
    expect(kinds(provider.last)).toEqual(["cancelJob", "finishClaim"]);
    expect(outcomeOf(printing(fails("device")).release)).toMatchObject({
      reason: "device-unreachable",
    });
  });

  it("a price beyond any account, or nobody to pay it", () => {
    const { release } = play(
      [
        { kind: "start", late: false },
        { kind: "claim-answered", reply: claimed },
      ],
      waitingRelease({ accounts: [] }),
    );
    expect(outcomeOf(release)).toMatchObject({ reason: "not-enough-credit" });
    expect(finishOf(release)).toEqual({ outcome: "given-back" });
  });
});

it("prices a job of two accounts from the first as far as it goes", () => {
  const second = "dddddddd-0000-4000-8000-000000000002";
  const release = waitingRelease({
    accounts: [
      { account: "dddddddd-0000-4000-8000-000000000001", unit: "money", available: 1200 },
      { account: second, unit: "money", available: 9000 },
    ],
  });
  const { effects } = play(toFirstByte, release);
  const reserve = effects.find((effect) => effect.kind === "reserve");
  expect(reserve?.request.legs.map(({ amount }) => amount)).toEqual([1200, 3800]);
});
