import { describe, expect, it } from "vitest";
import type { DeviceProfile } from "../../protocol/device-profile.ts";
import { documentSent, times } from "./course.fixture.ts";
import { decide } from "./decide-release.ts";
import { deviceProfile } from "./profile.fixture.ts";
import {
  claimed,
  context,
  particulars,
  sampled,
  toFirstByte,
  waitingRelease,
} from "./release.fixture.ts";
import type { ReleaseEvent } from "./release-event.ts";
import { sidesOfSheets } from "./sides-of-sheets.ts";

/** What is told to the server of a release at a device of this profile. */
function factsAt(profile: Partial<DeviceProfile>, events: readonly ReleaseEvent[], copies = 1) {
  const graded = { ...context, profile: { ...deviceProfile, ...profile } };
  const job = { ...particulars, pageRuns: [[10 / copies, "grey"] as [number, "grey"]], copies };
  const facts = [];
  let release = waitingRelease();
  for (const event of [...toFirstByte, documentSent, ...events]) {
    const seen =
      event.kind === "claim-answered"
        ? { ...event, reply: { ...claimed, particulars: job } }
        : event;
    const decided = decide(release, seen, graded);
    release = decided.release;
    facts.push(...decided.facts);
  }
  return facts;
}

const completed = { state: "completed", impressions: undefined } as const;

describe("a device is believed as far as its profile goes", () => {
  it("what its own counter adds to each job is taken off", () => {
    const extra = { deviceCountsExtra: 1 };
    const rest = (state: "completed" | "canceled", impressions: number, counter: number) =>
      times(3, sampled({ state, impressions }, { counter }));
    expect(factsAt(extra, rest("completed", 10, 1011))).toMatchObject([
      { kind: "settle", impressions: 10, evidence: "job-counters" },
    ]);
    const [fact] = factsAt(extra, rest("canceled", 4, 1004));
    expect(fact).toMatchObject({ impressions: 4 });
    expect(fact).not.toHaveProperty("review");
    expect(factsAt(extra, rest("completed", 10, 1014))).toMatchObject([
      { impressions: 10, review: { job: 10, counter: 13 } },
    ]);
  });

  it("counts that ran ahead of the paper are not taken for paper", () => {
    const ahead = { countsAhead: true };
    const canceled = times(3, sampled({ state: "canceled", impressions: 10 }, { counter: 1003 }));
    expect(factsAt(ahead, canceled)).toMatchObject([
      { kind: "settle", impressions: 3, evidence: "device-counter" },
    ]);
    const gone = [
      sampled({ impressions: 10 }, { counter: undefined }),
      ...times(3, sampled(undefined, { counter: undefined })),
    ];
    expect(factsAt(ahead, gone)).toMatchObject([{ kind: "uncertain", atLeast: 0 }]);
  });

  it("a count that falls to zero at the end is the end of counting, and not of paper", () => {
    const falls = [
      sampled({ impressions: 6 }, { counter: undefined }),
      ...times(3, sampled({ state: "completed", impressions: 0 }, { counter: undefined })),
    ];
    expect(factsAt({ zeroAtEnd: true, deviceCounter: "none" }, falls)).toMatchObject([
      { kind: "settle", impressions: 10, evidence: "completed-state" },
    ]);
    expect(factsAt({ deviceCounter: "none" }, falls)).toMatchObject([{ kind: "uncertain" }]);
  });

  it("completed means nothing where copies are not known to be made, or it is said too early", () => {
    const nothing = times(3, sampled(completed, { counter: undefined }));
    const mute = { jobCounts: "none", deviceCounter: "none" } as const;
    expect(factsAt({ ...mute, copies: "yes" }, nothing, 2)).toMatchObject([{ kind: "settle" }]);
    expect(factsAt({ ...mute, copies: "unknown" }, nothing, 2)).toMatchObject([
      { kind: "uncertain", why: "no-counters" },
    ]);
    expect(factsAt({ ...mute, copies: "unknown" }, nothing)).toMatchObject([{ kind: "settle" }]);
    expect(factsAt({ ...mute, completesEarly: true }, nothing)).toMatchObject([
      { kind: "uncertain" },
    ]);
  });

  it("a counter in sheets says how many sides", () => {
    const sheets = { jobCounts: "none", deviceCounts: "sheets" } as const;
    expect(factsAt(sheets, times(3, sampled(completed, { counter: 1010 })))).toMatchObject([
      { kind: "settle", impressions: 10, evidence: "device-counter" },
    ]);
  });
});

describe("sheets of a two-sided job", () => {
  const five = { ...particulars, pageRuns: [[5, "grey"] as [number, "grey"]], copies: 2 };
  const twoSided = { ...five, sides: "two-sided-long-edge" } as const;
  it("bear as many sides as whole copies have, and one or two each in between", () => {
    expect([0, 1, 2, 3, 4, 6].map((count) => sidesOfSheets(twoSided, count))).toEqual([
      { least: 0, most: 0 },
      { least: 1, most: 2 },
      { least: 3, most: 4 },
      { least: 5, most: 5 },
      { least: 6, most: 7 },
      { least: 10, most: 10 },
    ]);
    const even = { ...twoSided, pageRuns: [[2, "grey"] as [number, "grey"]] };
    expect([1, 2, 3].map((count) => sidesOfSheets(even, count))).toEqual([
      { least: 1, most: 2 },
      { least: 3, most: 4 },
      { least: 5, most: 5 },
    ]);
    expect(sidesOfSheets(five, 7)).toEqual({ least: 7, most: 7 });
  });
});
