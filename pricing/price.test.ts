import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColourMode } from "../protocol/particulars.ts";
import type { PriceRule } from "../protocol/site.ts";
import {
  fullSheetsOfFirst,
  impressionRuns,
  impressionsOf,
  type PrintedShape,
  sheetsOf,
  splitOfFirst,
} from "./impressions.ts";
import { priceOf, priceOfFirst, priceOfSplit, ruleFor } from "./price.ts";

const soak = process.env.GUICHET_SOAK === "1";
const patience = { timeout: soak ? 600_000 : 30_000 };
const runs = { seed: 20, numRuns: soak ? 20_000 : 400 };
const rule: PriceRule = { grey: 500, colour: 2_000, twoSidedSheetDiscount: 100 };

const anyColour = fc.constantFrom<ColourMode>("colour", "grey");
/** Ranges that ascend and are apart, and may reach beyond the document. */
const anyRanges = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 })
  .map((numbers) => numbers.toSorted((a, b) => a - b))
  .map((numbers) =>
    Array.from({ length: Math.floor(numbers.length / 2) }, (_, range): [number, number] => [
      numbers[2 * range] ?? 1,
      numbers[2 * range + 1] ?? 1,
    ]),
  );
const anyShape: fc.Arbitrary<PrintedShape> = fc.record(
  {
    pageRuns: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), anyColour), {
      minLength: 1,
      maxLength: 6,
    }),
    copies: fc.integer({ min: 1, max: 5 }),
    sides: fc.constantFrom("one-sided" as const, "two-sided-long-edge" as const),
    colourMode: anyColour,
    pageRanges: anyRanges,
    numberUp: fc.constantFrom(1 as const, 2 as const, 4 as const, 9 as const),
  },
  { requiredKeys: ["pageRuns", "copies", "sides", "colourMode"] },
);
const anyRule: fc.Arbitrary<PriceRule> = fc.record({
  grey: fc.nat(5_000),
  colour: fc.nat(20_000),
  twoSidedSheetDiscount: fc.nat(6_000),
});

/** Every side one by one, the slow and obvious way, to judge the reckoning by. */
function sideBySide(shape: PrintedShape): ColourMode[] {
  const { pageRanges, numberUp = 1 } = shape;
  const pages = shape.pageRuns
    .flatMap(([count, colour]) => Array.from({ length: count }, () => colour))
    .filter(
      (_, index) => pageRanges?.some(([from, to]) => index + 1 >= from && index + 1 <= to) ?? true,
    );
  const copy: ColourMode[] = [];
  for (let from = 0; from < pages.length; from += numberUp) {
    const hasColour = pages.slice(from, from + numberUp).includes("colour");
    copy.push(hasColour && shape.colourMode === "colour" ? "colour" : "grey");
  }
  return Array.from({ length: shape.copies }, () => copy).flat();
}

describe("the sides of a job", () => {
  it("are those of every page of every copy, in their order", patience, () => {
    fc.assert(
      fc.property(anyShape, fc.nat(300), (shape, n) => {
        const sides = sideBySide(shape);
        const told = [...impressionRuns(shape)].flatMap(([count, colour]) =>
          Array.from({ length: count }, () => colour),
        );
        expect(told).toEqual(sides);
        expect(impressionsOf(shape)).toBe(sides.length);
        const colour = sides.slice(0, n).filter((side) => side === "colour").length;
        expect(splitOfFirst(shape, n)).toEqual({
          colour,
          grey: Math.min(n, sides.length) - colour,
        });
      }),
      runs,
    );
  });

  it("are colour as soon as one of the pages laid on them is", () => {
    const shape: PrintedShape = {
      pageRuns: [
        [3, "grey"],
        [1, "colour"],
        [6, "grey"],
      ],
      copies: 1,
      sides: "two-sided-long-edge",
      colourMode: "colour",
      pageRanges: [
        [2, 5],
        [9, 40],
      ],
      numberUp: 4,
    };
    expect([...impressionRuns(shape)]).toEqual([
      [1, "colour"],
      [1, "grey"],
    ]);
    expect(sheetsOf(shape)).toBe(1);
    expect(splitOfFirst(shape, 1)).toEqual({ colour: 1, grey: 0 });
  });

  it("are none where the document has none of the pages that are asked for", () => {
    const shape: PrintedShape = {
      pageRuns: [[3, "colour"]],
      copies: 2,
      sides: "one-sided",
      colourMode: "colour",
      pageRanges: [[7, 9]],
    };
    expect([impressionsOf(shape), sheetsOf(shape)]).toEqual([0, 0]);
    expect(priceOf({ particulars: shape, rule })).toBe(0);
  });

  it("begin each copy on a new sheet", () => {
    const shape: PrintedShape = {
      pageRuns: [[3, "grey"]],
      copies: 2,
      sides: "two-sided-long-edge",
      colourMode: "colour",
    };
    expect(sheetsOf(shape)).toBe(4);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((n) => fullSheetsOfFirst(shape, n))).toEqual([
      0, 0, 1, 1, 1, 2, 2, 2,
    ]);
  });
});

describe("the price", () => {
  it("is by side and colour, less what a sheet used on both sides saves", () => {
    const shape: PrintedShape = {
      pageRuns: [
        [2, "grey"],
        [1, "colour"],
      ],
      copies: 2,
      sides: "two-sided-short-edge",
      colourMode: "colour",
    };
    expect(priceOf({ particulars: shape, rule })).toBe(2 * (2 * 500 + 2_000 - 100));
    expect(priceOf({ particulars: { ...shape, colourMode: "grey" }, rule })).toBe(
      2 * (3 * 500 - 100),
    );
    expect(priceOf({ particulars: { ...shape, sides: "one-sided" }, rule })).toBe(2 * 3_000);
  });

  it("of the first sides begins at nothing, never falls, and ends at the whole", patience, () => {
    fc.assert(
      fc.property(anyShape, anyRule, (particulars, anyPrices) => {
        const all = impressionsOf(particulars);
        const prices = Array.from({ length: all + 1 }, (_, impressions) =>
          priceOfFirst({ particulars, rule: anyPrices, impressions }),
        );
        expect(prices[0]).toBe(0);
        expect(prices.at(-1)).toBe(priceOf({ particulars, rule: anyPrices }));
        expect(prices.every((price, n) => n === 0 || price >= (prices[n - 1] ?? 0))).toBe(true);
        expect(prices.every((price) => Number.isSafeInteger(price))).toBe(true);
        expect(priceOfFirst({ particulars, rule: anyPrices, impressions: all + 7 })).toBe(
          prices.at(-1),
        );
      }),
      runs,
    );
  });

  it("lies between all grey and all colour where colour costs more", patience, () => {
    fc.assert(
      fc.property(anyShape, (particulars) => {
        const price = priceOf({ particulars, rule });
        const n = impressionsOf(particulars);
        expect(price).toBeGreaterThanOrEqual(
          priceOfSplit({ particulars, rule, split: { colour: 0, grey: n } }),
        );
        expect(price).toBeLessThanOrEqual(n * rule.colour);
      }),
      runs,
    );
  });

  it("follows the device's own count of colours where it has one", () => {
    const particulars: PrintedShape = {
      pageRuns: [[4, "colour"]],
      copies: 1,
      sides: "one-sided",
      colourMode: "colour",
    };
    expect(priceOfSplit({ particulars, rule, split: { colour: 1, grey: 3 } })).toBe(3_500);
  });

  it("is never made cheaper by a further side, however large the discount", () => {
    const particulars: PrintedShape = {
      pageRuns: [[2, "grey"]],
      copies: 1,
      sides: "two-sided-long-edge",
      colourMode: "grey",
    };
    const generous: PriceRule = { grey: 500, colour: 2_000, twoSidedSheetDiscount: 9_999 };
    expect(priceOf({ particulars, rule: generous })).toBe(500);
  });

  it("stops where no account could hold it, and at negative prices", () => {
    const particulars: PrintedShape = {
      pageRuns: [[1_000_000, "colour"]],
      copies: 9_999,
      sides: "one-sided",
      colourMode: "colour",
    };
    expect(() => priceOf({ particulars, rule: { ...rule, colour: 1_000_000_000 } })).toThrow(
      RangeError,
    );
    expect(() => priceOf({ particulars, rule: { ...rule, grey: -1 } })).toThrow(RangeError);
  });

  it("of a device is its own, or else the standard one", () => {
    const own: PriceRule = { grey: 1, colour: 1, twoSidedSheetDiscount: 0 };
    const prices = { version: 1, standard: rule, devices: { "copier-1": own } };
    expect(ruleFor(prices, "copier-1")).toBe(own);
    expect(ruleFor(prices, "copier-2")).toBe(rule);
    expect(ruleFor(prices, "constructor")).toBe(rule);
  });
});
