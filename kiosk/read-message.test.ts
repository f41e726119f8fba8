import fc from "fast-check";
import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { ToKiosk } from "../protocol/kiosk.ts";
import { isToKiosk, readMessage } from "./read-message.ts";
import { documents, ended, release, terminal, withSession } from "./test/views.ts";

const schema = Compile(ToKiosk);

const views = [
  terminal({ refusal: "disabled", reader: "missing" }),
  terminal({
    appearance: {
      name: "A site",
      logo: "/logo.svg",
      accent: "#123456",
      languages: ["en", "fr-CH"],
      currency: "CHF",
      help: "Ask us.",
    },
  }),
  withSession({ language: "fr", restricted: true, warning: true }),
  withSession({
    documents: documents.map((one) => ({
      ...one,
      partlyPrinted: { printed: 1, wanted: 2 },
      refusedBecause: "encrypted",
    })),
    releases: [
      release("a1", { problem: "door-open" }),
      ended("a2", { kind: "printed", impressions: 1, charged: -1 }),
      ended("a3", {
        kind: "partly-printed",
        impressions: 1,
        wanted: 2,
        charged: 3,
        givenBack: 4,
        problem: "paused",
      }),
      ended("a4", { kind: "uncertain" }),
      ended("b1", { kind: "not-printed", reason: "stopped" }),
    ],
  }),
];

const messages: unknown[] = [
  ...views.map((view) => ({ type: "view", revision: 3, view })),
  { type: "answer", id: "00000000-0000-4000-8000-000000000001", result: "accepted" },
  { type: "reload" },
  { type: "pong" },
];

/** What a value may be replaced by: of the right kind but beyond its bounds, or of a wrong kind. */
const damages: unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  Number.MAX_SAFE_INTEGER + 2,
  "",
  "ready",
  "x".repeat(512),
  "é".repeat(513),
  "😀".repeat(512),
  [],
  {},
  [null],
];

/** Every value within a value, by its way. */
function ways(value: unknown, way: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, inner]) => ways(inner, [...way, key]))];
}

function changed(value: unknown, way: readonly (string | number)[], to: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return to;
  const entries = new Map<string, unknown>(Object.entries(value ?? {}));
  const at = String(key);
  if (to === undefined && rest.length === 0) entries.delete(at);
  else entries.set(at, changed(entries.get(at), rest, to));
  return Array.isArray(value) ? [...entries.values()] : Object.fromEntries(entries);
}

describe("the checks of the screen and the schema of the protocol", () => {
  it.each(messages)("both take message %#", (message) => {
    expect(schema.Check(message)).toBe(true);
    expect(readMessage(JSON.stringify(message))).toEqual(message);
  });

  it("agree on every message with any one value damaged or left out", () => {
    let refused = 0;
    for (const message of messages)
      for (const way of ways(message))
        for (const damage of [...damages, undefined]) {
          const value = changed(message, way, damage);
          if (!schema.Check(value)) refused += 1;
          if (isToKiosk(value) !== schema.Check(value))
            throw new Error(`They disagree about ${JSON.stringify(damage)} at ${way.join(".")}.`);
        }
    expect(refused).toBeGreaterThan(1000);
  });

  it("a field that a newer bridge adds is let pass", () => {
    expect(readMessage('{"type":"pong","since":"2027"}')).toBeDefined();
  });
});

it("no text whatever makes the reading fail", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (frame) => {
      readMessage(frame);
    }),
    { seed: 11, numRuns: 500 },
  );
  expect(readMessage(new ArrayBuffer(3))).toBeUndefined();
  expect(readMessage(undefined)).toBeUndefined();
});
