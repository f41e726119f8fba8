import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coloursOf, contrast } from "./appearance.ts";

const ground = "#eef1ef";
const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);

describe("the site's colour", () => {
  it("is measured as WCAG measures it", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  it("can be read upon and beside, whichever it is", () => {
    fc.assert(
      fc.property(hex, (accent) => {
        const { accentInk, accentDeep, accent: fill } = coloursOf(accent);
        expect(fill).toBe(accent);
        expect(contrast(accentInk, fill)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accentDeep, ground)).toBeGreaterThanOrEqual(7);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("is kept as it is where it is deep enough already", () => {
    expect(coloursOf("#0b5345")).toEqual({
      accent: "#0b5345",
      accentInk: "#ffffff",
      accentDeep: "#0b5345",
    });
  });
});
