import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstBits } from "./digits.ts";
import { readWiegand, wiegandFormat, wiegandFormats, writeWiegand } from "./wiegand.ts";

const known = (name: string) => {
  const format = wiegandFormat(name);
  if (format === undefined) throw new Error(name);
  return format;
};

const vectors: [string, bigint, bigint, string][] = [
  ["H10301", 118n, 1603n, "2EC0C86"],
  ["H10301", 255n, 65535n, "1FFFFFF"],
  ["H10301", 10n, 19n, "0140026"],
  ["H10306", 1234n, 5678n, "209A42C5C"],
  ["H10302", 0n, 1234567890n, "10932C05A5"],
  ["H10304", 1234n, 56789n, "104D21BBAA"],
];

it.each(vectors)("reads and writes %s of facility %s, number %s", (name, facility, number, hex) => {
  const card = { facility, number };
  expect(readWiegand(known(name), hex)).toEqual({ kind: "card", card });
  expect(writeWiegand(known(name), card)).toBe(hex);
});

it.each([
  ["05000980", 10n, 19n],
  ["808001C0", 1n, 3n],
])("reads 26 bits that a reader sends left-aligned as %s", (wire, facility, number) => {
  expect(readWiegand(known("H10301"), firstBits(wire, 26) ?? "")).toEqual({
    kind: "card",
    card: { facility, number },
  });
});

it("has the first bit on the wire as the highest of the number", () => {
  const bits = "10111011000000110010000110";
  const hex = BigInt(`0b${bits}`).toString(16).toUpperCase();
  expect(hex).toBe("2EC0C86");
  const card = { facility: 118n, number: 1603n };
  expect(readWiegand(known("H10301"), hex)).toEqual({ kind: "card", card });
});

describe.each(wiegandFormats)("$name", (format) => {
  const cards = fc.record({
    facility: fc.bigInt({ min: 0n, max: (1n << BigInt(format.facilityBits)) - 1n }),
    number: fc.bigInt({ min: 0n, max: (1n << BigInt(format.numberBits)) - 1n }),
  });

  it("reads every card that it writes, and notices any one bit that flipped", () => {
    fc.assert(
      fc.property(cards, fc.nat({ max: format.bits - 1 }), (card, bit) => {
        const hex = writeWiegand(format, card) ?? "";
        expect(readWiegand(format, hex)).toEqual({ kind: "card", card });
        const flipped = BigInt(`0x${hex}`) ^ (1n << BigInt(bit));
        expect(readWiegand(format, flipped.toString(16)).kind).toBe("refused");
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it("neither writes what does not fit in nor reads what is longer", () => {
    const number = 1n << BigInt(format.numberBits);
    expect(writeWiegand(format, { facility: 0n, number })).toBeUndefined();
    const longer = (1n << BigInt(format.bits)).toString(16);
    expect(readWiegand(format, longer)).toMatchObject({ kind: "refused" });
  });
});

it("reads no digits that are none", () => {
  expect(readWiegand(known("H10301"), "GG")).toMatchObject({ kind: "refused" });
  expect(readWiegand(known("H10301"), "")).toMatchObject({ kind: "refused" });
});
