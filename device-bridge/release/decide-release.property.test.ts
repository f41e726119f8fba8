import fc from "fast-check";
import { expect, it } from "vitest";
import type { JournalFact } from "../../protocol/bridge-server.ts";
import { decide } from "./decide-release.ts";
import {
  claimed,
  context,
  deviceJob,
  jobSample,
  snapshot,
  toFirstByte,
  waitingRelease,
  wanted,
} from "./release.fixture.ts";
import { holdsDevice, type Release } from "./release.ts";
import type { ReleaseEffect } from "./release-effect.ts";
import type { ReleaseEvent } from "./release-event.ts";

const soak = process.env.GUICHET_SOAK === "1";
const patience = soak ? 600_000 : 60_000;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const count = maybe(fc.integer({ min: 0, max: wanted + 3 }));
const anyDevice = fc.record({
  upTime: maybe(fc.integer({ min: 1, max: 200 })),
  state: fc.constantFrom("idle", "processing", "stopped", undefined),
  queued: maybe(fc.integer({ min: 0, max: 2 })),
  counter: maybe(fc.integer({ min: 995, max: 1000 + wanted + 5 })),
  problem: fc.constantFrom("paper-jam", undefined),
  suspicion: fc.constantFrom("out-of-paper", undefined),
});
const anyJob = fc.record({
  state: fc.constantFrom("waiting", "processing", "stopped", "completed", "canceled", "aborted"),
  incoming: fc.boolean(),
  stillPrinting: fc.boolean(),
  neverProcessed: fc.boolean(),
  impressions: count,
  uuid: fc.constantFrom("urn:uuid:5", "urn:uuid:6", undefined),
  name: fc.constantFrom("Guichet aaaaaaaa", "Guichet bbbbbbbb", undefined),
});

const just = (event: ReleaseEvent) => fc.constant(event);
const anyEvent: fc.Arbitrary<ReleaseEvent> = fc.oneof(
  fc.boolean().map((late): ReleaseEvent => ({ kind: "start", late })),
  fc.boolean().map((late): ReleaseEvent => ({ kind: "started-again", late })),
  just({ kind: "cancel-wanted" }),
  just({ kind: "claim-answered", reply: claimed }),
  just({ kind: "claim-answered", reply: { kind: "refused", reason: "gone" } }),
  just({ kind: "claim-unanswered" }),
  just({ kind: "reserve-answered", reply: { kind: "reserved" } }),
  just({ kind: "reserve-answered", reply: { kind: "refused", reason: "not-enough-credit" } }),
  just({ kind: "reserve-unanswered" }),
  anyDevice.map((device): ReleaseEvent => ({ kind: "device-seen", device })),
  just({ kind: "device-unseen" }),
  just({ kind: "job-created", job: deviceJob }),
  fc.boolean().map((temporary): ReleaseEvent => ({ kind: "create-refused", temporary })),
  just({ kind: "create-unanswered" }),
  fc
    .array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 })
    .map((deviceJobIds): ReleaseEvent => ({ kind: "job-looked-up", deviceJobIds })),
  just({ kind: "look-up-failed" }),
  just({ kind: "document-sent" }),
  fc
    .record({
      begun: fc.boolean(),
      whole: fc.boolean(),
      side: fc.constantFrom("provider", "device"),
    })
    .map((how): ReleaseEvent => ({ kind: "document-not-sent", ...how })),
  fc
    .record({ job: maybe(anyJob), device: anyDevice })
    .map((sample): ReleaseEvent => ({ kind: "sampled", ...sample })),
  just({ kind: "unseen" }),
  just({ kind: "cancel-answered", deviceJobId: 5 }),
  just({ kind: "cancel-unanswered", deviceJobId: 5 }),
  just({ kind: "finish-answered" }),
  just({ kind: "finish-unanswered" }),
  fc
    .record({ decision: fc.constantFrom("printed", "not-printed"), impressions: count })
    .map((decided): ReleaseEvent => ({ kind: "decided", ...decided })),
);

interface Played {
  release: Release;
  facts: JournalFact[];
  effects: ReleaseEffect[];
}

/** Plays events in any order at all, checking what must hold after each. */
function play(events: readonly ReleaseEvent[]): Played {
  const played: Played = { release: waitingRelease(), facts: [], effects: [] };
  for (const event of events) {
    const before = played.release.phase;
    const { release, facts, effects } = decide(played.release, event, context);
    if (release.phase.kind === "printing" && before.kind !== "printing")
      expect(effects.map(({ kind }) => kind)).toContain("sendDocument");
    if (before.kind === "closed") expect([facts, effects]).toEqual([[], []]);
    played.release = release;
    played.facts.push(...facts);
    played.effects.push(...effects);
  }
  return played;
}

function check({ facts, effects, release }: Played): void {
  const ends = facts.filter(({ kind }) => kind !== "decided");
  expect(ends.length).toBeLessThanOrEqual(1);
  const decided = facts.filter(({ kind }) => kind === "decided");
  expect(decided.length).toBeLessThanOrEqual(ends[0]?.kind === "uncertain" ? 1 : 0);
  expect(effects.filter(({ kind }) => kind === "sendDocument").length).toBeLessThanOrEqual(1);
  const reserved = effects.some(({ kind }) => kind === "reserve");
  const sentAny = effects.some(({ kind }) => kind === "sendDocument");
  for (const fact of facts) {
    expect(reserved).toBe(true);
    if (fact.kind !== "settle") continue;
    expect(sentAny).toBe(true);
    expect(fact.impressions).toBeGreaterThan(0);
    expect(fact.impressions).toBeLessThanOrEqual(wanted);
    const charged = fact.legs.reduce((sum, { amount }) => sum + amount, 0);
    expect(charged).toBe(fact.impressions * 500);
  }
  // Money that may have been set aside is let go by the time the release is over.
  if (reserved && (release.phase.kind === "closed" || release.phase.kind === "undecided"))
    expect(ends).toHaveLength(1);
  if (holdsDevice(release.phase)) expect(facts).toEqual([]);
}

const fromTheStart = fc.array(anyEvent, { maxLength: 60 });
const fromTheFirstByte = fc
  .array(anyEvent, { maxLength: 60 })
  .map((events) => [...toFirstByte, ...events]);

it.each([
  ["its beginning", fromTheStart],
  ["the first byte", fromTheFirstByte],
] as const)(
  "whatever comes after %s: one end, paid once, sent once, never paid before its end",
  (_, events) => {
    fc.assert(
      fc.property(events, (sequence) => check(play(sequence))),
      { seed: 9193, numRuns: soak ? 200_000 : 3_000 },
    );
  },
  patience,
);

it(
  "a device that answers again, whatever it says, always brings a release to its end",
  () => {
    const rest: ReleaseEvent[] = Array.from({ length: 5 }, () => ({
      kind: "sampled",
      job: jobSample({ state: "completed", impressions: wanted }),
      device: snapshot({ counter: 1000 + wanted }),
    }));
    fc.assert(
      fc.property(fromTheFirstByte, (sequence) => {
        const { release } = play([...sequence, ...rest]);
        expect(holdsDevice(release.phase)).toBe(false);
      }),
      { seed: 6310, numRuns: soak ? 100_000 : 2_000 },
    );
  },
  patience,
);
