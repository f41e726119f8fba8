import { describe, expect, it } from "vitest";
import type { ReadingFact } from "../../protocol/meter.ts";
import { decideStretch, type LastReading } from "./decide-stretch.ts";

const hour = 3_600_000;
const last: LastReading = {
  ...{ at: 0, day: "2026-11-22", meter: "ipp", sides: 100, uuid: "urn:uuid:a" },
  ...{ accounted: 10, uncertain: 0 },
};
const reading = (changes: Partial<ReadingFact>): ReadingFact => ({
  ...{ kind: "reading", device: "mfp", at: hour, day: "2026-11-22", meter: "ipp" },
  ...{ sides: 110, uuid: "urn:uuid:a" },
  ...changes,
});

describe("between two readings of a meter", () => {
  it("says nothing where releases account for all of it, however long it took", () => {
    const stretch = decideStretch(last, reading({ at: 20 * hour, day: "2026-11-23" }));
    expect(stretch).toEqual({ day: "2026-11-22", counted: true, moved: 10, event: undefined });
  });

  it("counts what no release accounts for, on the day that it happened", () => {
    const stretch = decideStretch(last, reading({ sides: 113, day: "2026-11-23" }));
    expect(stretch).toMatchObject({ day: "2026-11-22", counted: true, moved: 13 });
    expect(stretch.event).toMatchObject({ moved: 13, accounted: 10, gap: null });
  });

  it.each([
    ["device-replaced", { uuid: "urn:uuid:b", sides: 5_000 }],
    ["counter-fell", { sides: 4 }],
    ["other-meter", { meter: "snmp", sides: 90_000 }],
    ["other-meter", { meter: "none", sides: undefined }],
    ["not-read", { at: 9 * hour, sides: 150 }],
  ] as const)("names and does not count it: %s", (gap, changes) => {
    const stretch = decideStretch(last, reading(changes as Partial<ReadingFact>));
    expect(stretch.counted).toBe(false);
    expect(stretch.event?.gap).toBe(gap);
  });

  it("tells with a difference how much of it may be of uncertain releases", () => {
    const stretch = decideStretch({ ...last, uncertain: 4 }, reading({ sides: 112 }));
    expect(stretch.event).toMatchObject({ moved: 12, accounted: 10, uncertain: 4, gap: null });
  });
});
