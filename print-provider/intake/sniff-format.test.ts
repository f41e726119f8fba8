import { describe, expect, it } from "vitest";
import { isTooSlow } from "./keep-pace.ts";
import { sniffFormat } from "./sniff-format.ts";

describe("a document's format", () => {
  it.each([
    ["%PDF-1.4\n", "application/pdf"],
    ["\n  %PDF-2.0", "application/pdf"],
    ["\u00ef\u00bb\u00bf%PDF-1.7", "application/pdf"],
    ["%!PS-Adobe-3.0", undefined],
    [`\x1b%-12345X@PJL\n%PDF-1.4`, undefined],
    [`${" ".repeat(40)}%PDF-1.4`, undefined],
    ["%PDF", undefined],
    ["", undefined],
  ])("that begins with %j is %j", (text, format) => {
    expect(sniffFormat(Buffer.from(text, "latin1"))).toBe(format);
  });
});

describe("an upload's pace", () => {
  it("counts after the first minute, on the average", () => {
    const bytesPerSecondLeast = 100;
    expect(isTooSlow({ bytes: 0, elapsedMs: 60_000, bytesPerSecondLeast })).toBe(false);
    expect(isTooSlow({ bytes: 6_000, elapsedMs: 61_000, bytesPerSecondLeast })).toBe(true);
    expect(isTooSlow({ bytes: 6_101, elapsedMs: 61_000, bytesPerSecondLeast })).toBe(false);
  });
});
