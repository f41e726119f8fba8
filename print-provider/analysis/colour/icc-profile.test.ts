import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rgbProfile, tableProfile, xyzProfile } from "../../../test/documents/make-icc.ts";
import { keepsGrey } from "./icc-profile.ts";

const kinds = ["mft1", "mft2", "mAB "] as const;
const families = [
  ["GRAY", "gray"],
  ["RGB ", "rgb"],
  ["CMYK", "cmyk"],
] as const;

describe("an ICC profile", () => {
  it("keeps grey with equal curves and primaries that add up to white, and only then", () => {
    expect(keepsGrey(rgbProfile([2.2, 2.2, 2.2]), "rgb")).toBe(true);
    expect(keepsGrey(rgbProfile([2.2, 2.2, 1]), "rgb")).toBe(false);
    expect(keepsGrey(rgbProfile([2.2, 2.2, 2.2], true), "rgb")).toBe(false);
  });

  it.each(families)(
    "with a table for %s is judged by what becomes of grey in it",
    (data, family) => {
      for (const kind of kinds) {
        expect(keepsGrey(tableProfile(data, [0, 0], kind), family)).toBe(true);
        expect(keepsGrey(tableProfile(data, [2, -3], kind), family)).toBe(true);
        expect(keepsGrey(tableProfile(data, [0, 60], kind), family)).toBe(false);
        expect(keepsGrey(tableProfile(data, [-30, 0], kind), family)).toBe(false);
      }
    },
  );

  it("with a table to XYZ is judged by what an eye sees, which is most in the dark", () => {
    expect(keepsGrey(xyzProfile([0, 0, 0]), "gray")).toBe(true);
    expect(keepsGrey(xyzProfile([0.0096, 0.01, 0.0083]), "gray")).toBe(true);
    expect(keepsGrey(xyzProfile([0.03, 0, 0.03]), "gray")).toBe(false);
  });

  it("that other readers may draw with another table keeps nothing grey", () => {
    const grey = () => tableProfile("CMYK", [0, 0]);
    for (const name of ["A2B0", "D2B0", "D2B3"]) {
      const twofold = grey();
      twofold.write(name, twofold.indexOf("wtpt"), "latin1");
      expect(keepsGrey(twofold, "cmyk")).toBe(false);
    }
    const unsigned = grey();
    unsigned.fill(0, 36, 40);
    expect(keepsGrey(unsigned, "cmyk")).toBe(false);
  });

  it("that is for another kind of colour, cut off or damaged keeps nothing grey, or is judged in the end", () => {
    const whole = tableProfile("CMYK", [0, 0]);
    expect(keepsGrey(whole, "rgb")).toBe(false);
    for (let length = 0; length < whole.length; length += 1)
      expect(keepsGrey(whole.subarray(0, length), "cmyk")).toBe(false);
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        (kind, damages) => {
          const bytes = Buffer.from(tableProfile("CMYK", [0, 0], kind));
          for (const [at, value] of damages) if (at < bytes.length) bytes[at] = value;
          expect(typeof keepsGrey(bytes, "cmyk")).toBe("boolean");
        },
      ),
      { seed: 43, numRuns: 2_000 },
    );
  });
});
