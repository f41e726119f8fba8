import { describe, expect, it } from "vitest";
import { particulars } from "../release/release.fixture.ts";
import { canBeSet, settableAt, settableOf } from "./settable.ts";

describe("what may be set at a release", () => {
  it("is everything of a PDF, and not the sides of a raster", () => {
    expect(settableOf({ documentFormat: "application/pdf" })).toContain("sides");
    const raster = { ...particulars, documentFormat: "image/urf" };
    expect(settableOf(raster)).toEqual(["copies", "colourMode"]);
    expect(canBeSet(raster, { copies: 2, sides: "one-sided" })).toBe(true);
    expect(canBeSet(raster, { sides: "two-sided-long-edge" })).toBe(false);
  });

  it("is nothing of a document that is not counted", () => {
    expect(canBeSet(undefined, undefined)).toBe(true);
    expect(canBeSet(undefined, { copies: 2 })).toBe(false);
  });

  it("is at a device what it can do both ways", () => {
    expect(settableAt({})).toEqual(["copies", "sides", "colourMode"]);
    expect(settableAt({ sides: ["one-sided"], colour: false })).toEqual(["copies"]);
    expect(settableAt({ sides: ["one-sided", "two-sided-long-edge"], colour: true })).toEqual([
      "copies",
      "sides",
      "colourMode",
    ]);
    expect(settableAt({ colour: true, grey: false })).toEqual(["copies", "sides"]);
  });
});
