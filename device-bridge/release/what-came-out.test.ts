import { describe, expect, it } from "vitest";
import { documentSent, finishOf, outcomeOf, play, printing, times } from "./course.fixture.ts";
import { deviceJob, sampled, snapshot, toFirstByte, wanted } from "./release.fixture.ts";
import type { ReleaseEvent } from "./release-event.ts";

describe("what is charged is what came out", () => {
  const idle = (job: Parameters<typeof sampled>[0], counter: number | undefined) =>
    times(3, sampled(job, { counter }));

  const table: [string, ReleaseEvent[], object][] = [
    [
      "canceled half-way: the counters agree",
      idle({ state: "canceled", impressions: 4 }, 1004),
      { kind: "settle", impressions: 4, evidence: "job-counters" },
    ],
    [
      "aborted half-way without a device counter: the job's count stands",
      idle({ state: "aborted", impressions: 3 }, undefined),
      { kind: "settle", impressions: 3, evidence: "job-counters" },
    ],
    [
      "completed with too few by the job, more by the device: the lower, for a person to look at",
      idle({ state: "completed", impressions: 7 }, 1009),
      {
        kind: "settle",
        impressions: 7,
        evidence: "job-counters",
        review: { job: 7, counter: 9 },
      },
    ],
    [
      "completed too early: what came out when the device rests",
      [
        sampled({ state: "completed", impressions: 2 }, { state: "processing", counter: 1002 }),
        sampled({ state: "completed", impressions: 6 }, { state: "processing", counter: 1006 }),
        ...idle({ state: "completed", impressions: 8 }, 1008),
      ],
      { kind: "settle", impressions: 8, evidence: "job-counters" },
    ],
    [
      "completed, and says that all came out before it did: the device's counter decides",
      idle({ state: "completed", impressions: 10 }, 1006),
      {
        kind: "settle",
        impressions: 6,
        evidence: "device-counter",
        review: { job: 10, counter: 6 },
      },
    ],
    [
      "the job tells no count: the device's counter",
      idle({ state: "completed", impressions: undefined }, 1010),
      { kind: "settle", impressions: 10, evidence: "device-counter" },
    ],
    [
      "copies ignored: one of several came out",
      idle({ state: "completed", impressions: 5 }, 1005),
      { kind: "settle", impressions: 5, evidence: "job-counters" },
    ],
    [
      "more came out than was wanted: never more than that is charged",
      idle({ state: "completed", impressions: 12 }, 1012),
      { kind: "settle", impressions: 10, evidence: "job-counters", review: { job: 12 } },
    ],
    [
      "the device's counter moved further than this job could: the job's count stands",
      idle({ state: "canceled", impressions: 4 }, 1030),
      { kind: "settle", impressions: 4, evidence: "job-counters", review: { counter: 30 } },
    ],
    [
      "the device's counter never moves: the job's count stands",
      idle({ state: "completed", impressions: 10 }, 1000),
      { kind: "settle", impressions: 10, evidence: "job-counters" },
    ],
    [
      "forgotten at its end: the device's counter",
      [
        sampled({ impressions: 6 }, { state: "processing", counter: 1006 }),
        ...idle(undefined, 1010),
      ],
      { kind: "settle", impressions: 10, evidence: "device-counter" },
    ],
    [
      "forgotten after all were counted",
      [
        sampled({ impressions: 10 }, { state: "processing", counter: undefined }),
        ...idle(undefined, undefined),
      ],
      { kind: "settle", impressions: 10, evidence: "job-counters" },
    ],
    [
      "forgotten, and nothing counts: nobody knows",
      idle(undefined, undefined),
      { kind: "uncertain", why: "device-forgot", atLeast: 0 },
    ],
    [
      "forgotten half-way without a device counter: at least what was seen",
      [sampled({ impressions: 6 }, { counter: undefined }), ...idle(undefined, undefined)],
      { kind: "uncertain", why: "device-forgot", atLeast: 6 },
    ],
    [
      "completed too early and forgotten before it was counted to its end: nobody knows",
      [
        sampled({ state: "completed", impressions: 1 }, { counter: undefined }),
        ...idle(undefined, undefined),
      ],
      { kind: "uncertain", why: "device-forgot", atLeast: 1 },
    ],
    [
      "the same, and the device's counter knows",
      [
        sampled({ state: "completed", impressions: 1 }, { state: "processing", counter: 1001 }),
        ...idle(undefined, 1010),
      ],
      { kind: "settle", impressions: 10, evidence: "device-counter" },
    ],
    [
      "power cut: the device's counter outlived it",
      [
        sampled({ impressions: 3 }, { state: "processing", counter: 1003 }),
        ...times(3, sampled(undefined, { upTime: 4, counter: 1004 })),
      ],
      { kind: "settle", impressions: 4, evidence: "device-counter" },
    ],
    [
      "power cut, and the id is another job's now",
      [
        sampled({ impressions: 3 }, { state: "processing", counter: 1003 }),
        ...times(
          3,
          sampled(
            { uuid: "urn:uuid:other", name: "Report", state: "completed", impressions: 99 },
            { upTime: 4, counter: 1003 },
          ),
        ),
      ],
      { kind: "settle", impressions: 3, evidence: "device-counter" },
    ],
    [
      "power cut, and the counter began anew: nobody knows",
      [
        sampled({ impressions: 3 }, { state: "processing", counter: 1003 }),
        ...times(3, sampled(undefined, { upTime: 4, counter: 0 })),
      ],
      { kind: "uncertain", why: "device-restarted", atLeast: 3 },
    ],
    [
      "power cut without any device counter: nobody knows",
      [
        sampled({ impressions: 3 }, { state: "processing", counter: undefined }),
        ...times(3, sampled(undefined, { upTime: 4, counter: undefined })),
      ],
      { kind: "uncertain", why: "device-restarted", atLeast: 3 },
    ],
    [
      "no counters at all, completed in the normal way",
      [documentSent, ...idle({ state: "completed", impressions: undefined }, undefined)],
      { kind: "settle", impressions: 10, evidence: "completed-state" },
    ],
    [
      "no counters at all, and nobody saw the upload end",
      idle({ state: "completed", impressions: undefined }, undefined),
      { kind: "uncertain", why: "no-counters" },
    ],
    [
      "no counters at all, and canceled: nobody knows",
      [documentSent, ...idle({ state: "canceled", impressions: undefined }, undefined)],
      { kind: "uncertain", why: "no-counters" },
    ],
    [
      "zero after progress is not believed",
      [
        documentSent,
        sampled({ impressions: 6 }, { counter: undefined }),
        ...idle({ state: "completed", impressions: 0 }, undefined),
      ],
      { kind: "uncertain", atLeast: 6 },
    ],
    [
      "completed, and zero told of it: no count at all, so that the device's decides",
      idle({ state: "completed", impressions: 0 }, 1010),
      { kind: "settle", impressions: 10, evidence: "device-counter" },
    ],
    [
      "only sheets are counted",
      idle({ state: "completed", impressions: undefined, sheets: 10 }, undefined),
      { kind: "settle", impressions: 10, evidence: "job-counters" },
    ],
    [
      "canceled before it was begun, at a device that counts nothing",
      idle({ state: "canceled", impressions: undefined, neverProcessed: true }, undefined),
      { kind: "void" },
    ],
    [
      "canceled before anything came out",
      idle({ state: "canceled", impressions: 0 }, 1000),
      { kind: "void" },
    ],
  ];

  it.each(table)("%s", (_name, events, fact) => {
    expect(printing(...events).facts).toMatchObject([fact]);
  });

  it("waits while the device still works on a job that it calls completed, and for a counter at rest", () => {
    const early = { state: "completed", impressions: 5 } as const;
    expect(
      printing(...times(20, sampled(early, { state: "processing", counter: 1005 }))).facts,
    ).toEqual([]);
    expect(printing(sampled(early, { counter: 1005 })).facts).toEqual([]);
    const stopping = { state: "canceled", impressions: 5, stillPrinting: true } as const;
    expect(printing(...times(5, sampled(stopping, { counter: 1005 }))).facts).toEqual([]);
    const jammed = { state: "stopped", queued: 1, counter: 1005 } as const;
    expect(printing(...times(5, sampled(early, jammed))).facts).toEqual([]);
  });

  it("does not charge in full what a device without counters said it would not copy", () => {
    const created: ReleaseEvent = {
      kind: "job-created",
      job: { ...deviceJob, copiesIgnored: true },
    };
    const { facts } = play([
      ...toFirstByte.slice(0, 4),
      created,
      documentSent,
      ...times(4, sampled({ state: "completed", impressions: undefined }, { counter: undefined })),
    ]);
    expect(facts).toMatchObject([{ kind: "uncertain", why: "no-counters" }]);
  });

  it("does without the counter of a device that was never at rest before", () => {
    const busy: ReleaseEvent = { kind: "device-seen", device: snapshot({ state: "processing" }) };
    const { facts } = play([
      ...toFirstByte.slice(0, 1),
      busy,
      ...toFirstByte.slice(2, 4),
      ...times(20, busy),
      { kind: "job-created", job: deviceJob },
      ...times(3, sampled({ state: "completed", impressions: 10 }, { counter: 5000 })),
    ]);
    expect(facts).toMatchObject([{ kind: "settle", impressions: 10, evidence: "job-counters" }]);
  });

  it("gives the rest back, says what stopped it, and holds the job again with what came out", () => {
    const { release } = printing(
      ...times(
        3,
        sampled({ state: "aborted", impressions: 4 }, { problem: "paper-jam", counter: 1004 }),
      ),
    );
    expect(outcomeOf(release)).toEqual({
      kind: "partly-printed",
      impressions: 4,
      wanted,
      charged: 2000,
      givenBack: 3000,
      problem: "paper-jam",
    });
    expect(finishOf(release)).toEqual({
      outcome: "given-back",
      partlyPrinted: { printed: 4, wanted },
    });
  });
});
