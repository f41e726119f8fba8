import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDecoder, type Decoded, decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { IppAttribute, IppMessage, IppValue } from "./message.ts";
import { groupTag } from "./tags.ts";

const soak = process.env.GUICHET_SOAK === "1";
const seed = 20_231_121;

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const shortText = fc
  .string({ unit: "binary", maxLength: 40 })
  .filter((text) => text.isWellFormed());
const attributeName = shortText.filter((text) => text !== "" && Buffer.byteLength(text) <= 255);
const bytes = (length: { minLength: number; maxLength: number }) => fc.uint8Array(length);

const scalar: fc.Arbitrary<IppValue> = fc.oneof(
  fc.constantFrom("unsupported", "unknown", "noValue", "notSettable").map((kind) => ({ kind })),
  fc.record({ kind: fc.constantFrom("integer", "enum"), value: int32 }),
  fc.record({ kind: fc.constant("boolean"), value: fc.boolean() }),
  fc.record({ kind: fc.constant("octetString"), value: bytes({ minLength: 0, maxLength: 80 }) }),
  fc.record({ kind: fc.constant("dateTime"), value: bytes({ minLength: 11, maxLength: 11 }) }),
  fc.record({
    kind: fc.constant("resolution"),
    value: fc.record({ x: int32, y: int32, units: fc.integer({ min: 0, max: 255 }) }),
  }),
  fc.record({
    kind: fc.constant("rangeOfInteger"),
    value: fc.record({ lower: int32, upper: int32 }),
  }),
  fc.record({
    kind: fc.constantFrom("textWithLanguage", "nameWithLanguage"),
    language: shortText,
    value: shortText,
  }),
  fc.record({
    kind: fc.constantFrom("text", "name", "keyword", "uri", "charset", "mimeMediaType"),
    value: shortText,
  }),
  fc.record({
    kind: fc.constant("other"),
    tag: fc.constantFrom(0x11, 0x20, 0x38, 0x50, 0xff),
    value: bytes({ minLength: 0, maxLength: 20 }),
  }),
);

const attributes = (value: fc.Arbitrary<IppValue>): fc.Arbitrary<IppAttribute[]> =>
  fc.array(
    fc.record({ name: attributeName, values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    { maxLength: 4 },
  );

const { value } = fc.letrec<{ value: IppValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: "small" },
    scalar,
    fc.record({ kind: fc.constant("collection"), value: attributes(tie("value")) }),
  ),
}));

const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.record({ major: fc.nat(255), minor: fc.nat(255) }),
  code: fc.nat(0xffff),
  requestId: int32,
  groups: fc.array(
    fc.record({
      tag: fc.constantFrom(...Object.values(groupTag)),
      attributes: attributes(value),
    }),
    { maxLength: 4 },
  ),
});

describe("any message that can be said", { timeout: soak ? 600_000 : 60_000 }, () => {
  test("is decoded to what was encoded, followed by a document or not", () => {
    fc.assert(
      fc.property(message, bytes({ minLength: 0, maxLength: 30 }), (original, document) => {
        const encoded = encode(original);
        const decoded = decode(Buffer.concat([encoded, document]));
        expect(decoded).toEqual({ kind: "complete", message: original, length: encoded.length });
      }),
      { seed, numRuns: soak ? 20_000 : 300 },
    );
  });

  test("is the same message in whatever pieces it comes", () => {
    fc.assert(
      fc.property(message, fc.array(fc.integer({ min: 1, max: 40 })), (original, sizes) => {
        const encoded = encode(original);
        const decoded = inPieces(encoded, sizes);
        expect(decoded).toEqual({ kind: "complete", message: original, length: encoded.length });
      }),
      { seed, numRuns: soak ? 20_000 : 300 },
    );
  });
});

/** What the incremental decoder makes of `whole` cut into pieces of these sizes, then one rest. */
function inPieces(whole: Uint8Array, sizes: readonly number[]): Decoded {
  const decoder = createDecoder();
  let at = 0;
  for (const size of [...sizes, whole.length]) {
    const chunk = whole.subarray(at, at + size);
    at += chunk.length;
    const progress = decoder.push(chunk);
    if (progress.kind === "malformed") return progress;
    if (progress.kind === "complete") {
      return { kind: "complete", message: progress.message, length: at - progress.rest.length };
    }
  }
  return { kind: "more" };
}

/** A small generator of repeatable numbers, xorshift32. */
function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Damages a copy of `original` in one to four places, as noise or a hostile peer would. */
function damaged(original: Uint8Array, next: (below: number) => number): Uint8Array {
  let result = Buffer.from(original);
  for (let times = 1 + next(4); times > 0; times -= 1) {
    const at = next(result.length || 1);
    const length = 1 + next(24);
    switch (next(7)) {
      case 0:
        result[at] = next(256);
        break;
      case 1:
        result[at] = (result[at] ?? 0) ^ (1 << next(8));
        break;
      case 2: // The lengths that signed and careless readers stumble over.
        if (at + 2 <= result.length) {
          const lengths = [0, 1, 0x7fff, 0x8000, 0xfffa, 0xfffb, 0xffff];
          result.writeUInt16BE(lengths[next(lengths.length)] ?? 0, at);
        }
        break;
      case 3:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
        break;
      case 4:
        result = Buffer.concat([result.subarray(0, at + length), result.subarray(at)]);
        break;
      case 5:
        result = result.subarray(0, at);
        break;
      default: {
        const tags = [0x00, 0x01, 0x03, 0x13, 0x21, 0x34, 0x35, 0x37, 0x44, 0x4a, 0x7f];
        result[at] = tags[next(tags.length)] ?? 0;
      }
    }
  }
  return result;
}

test("a damaged message is never more than refused: no throw, no hang, bounded memory", {
  timeout: soak ? 1_800_000 : 60_000,
}, () => {
  const next = numbers(seed);
  const corpus = fc.sample(message, { seed, numRuns: 300 }).map(encode);
  const outcomes = new Map<string, number>();
  let slowest = 0;
  const residentBefore = process.memoryUsage.rss();
  for (let run = 0; run < (soak ? 1_000_000 : 20_000); run += 1) {
    const input = damaged(corpus[next(corpus.length)] ?? new Uint8Array(), next);
    const started = performance.now();
    const decoded = decode(input);
    slowest = Math.max(slowest, performance.now() - started);
    outcomes.set(decoded.kind, (outcomes.get(decoded.kind) ?? 0) + 1);
    if (decoded.kind === "complete") {
      const again = encode(decoded.message);
      if (!Buffer.from(again).equals(input.subarray(0, decoded.length))) {
        expect.fail(`run ${run}: ${Buffer.from(input).toString("hex")} is not encoded again`);
      }
    }
    if (run % 8 === 0) {
      const pieces = inPieces(input, [next(9), next(99), next(9)]);
      if (!isDeepStrictEqual(pieces, decoded)) {
        expect.fail(`run ${run}: ${Buffer.from(input).toString("hex")} differs in pieces`);
      }
    }
  }
  expect(slowest).toBeLessThan(2_000);
  expect(process.memoryUsage.rss() - residentBefore).toBeLessThan(512 * 1024 * 1024);
  // The damage must be of all kinds for this to mean anything.
  for (const kind of ["complete", "more", "malformed"]) {
    expect(outcomes.get(kind), kind).toBeGreaterThan(500);
  }
});
