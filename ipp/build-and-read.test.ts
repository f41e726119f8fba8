import { describe, expect, test } from "vitest";
import {
  attribute,
  boolean,
  collection,
  dateTime,
  enumeration,
  group,
  integer,
  keyword,
  keywords,
  name,
  operationGroup,
  outOfBand,
  range,
  text,
} from "./build.ts";
import { operation, operationName } from "./operations.ts";
import {
  booleanOf,
  collectionOf,
  integerOf,
  keywordOf,
  rangeOf,
  rangesOf,
  stringOf,
  stringsOf,
} from "./read.ts";
import { isTerminal, jobStateName, printerStateName } from "./states.ts";
import { isSuccessful, statusName } from "./status.ts";
import { groupTag } from "./tags.ts";

const printer = group(groupTag.printer, [
  attribute("printer-state", enumeration(3)),
  attribute("printer-is-accepting-jobs", boolean(true)),
  attribute("printer-state-reasons", ...keywords("media-low-warning", "toner-low-warning")),
  attribute("printer-name", {
    kind: "nameWithLanguage",
    language: "fr",
    value: "Imprimante du couloir",
  }),
  attribute("copies-supported", range(1, 999)),
  attribute("number-up-supported", integer(1), range(2, 4)),
  attribute("printer-geo-location", outOfBand("unknown")),
  attribute("media-col-default", collection([attribute("media-type", keyword("stationery"))])),
]);

describe("an attribute that a peer sent", () => {
  test("is read by its name", () => {
    expect(integerOf(printer, "printer-state")).toBe(3);
    expect(booleanOf(printer, "printer-is-accepting-jobs")).toBe(true);
    expect(keywordOf(printer, "printer-state-reasons")).toBe("media-low-warning");
    expect(stringsOf(printer, "printer-state-reasons")).toHaveLength(2);
    expect(stringOf(printer, "printer-name")).toBe("Imprimante du couloir");
    expect(rangeOf(printer, "copies-supported")).toEqual({ lower: 1, upper: 999 });
    expect(rangesOf(printer, "number-up-supported")).toEqual([
      { lower: 1, upper: 1 },
      { lower: 2, upper: 4 },
    ]);
    expect(keywordOf(collectionOf(printer, "media-col-default"), "media-type")).toBe("stationery");
  });

  test("that is absent or of another syntax reads as undefined", () => {
    expect(integerOf(printer, "printer-up-time")).toBeUndefined();
    expect(integerOf(printer, "printer-name")).toBeUndefined();
    expect(stringOf(printer, "printer-geo-location")).toBeUndefined();
    expect(collectionOf(printer, "printer-state")).toBeUndefined();
    expect(integerOf(undefined, "printer-state")).toBeUndefined();
    expect(integerOf(printer, "__proto__")).toBeUndefined();
  });
});

describe("an attribute that we send", () => {
  test("comes after the charset and the language", () => {
    const { attributes } = operationGroup([attribute("job-id", integer(1))], { language: "fr" });
    expect(attributes.map((one) => one.name)).toEqual([
      "attributes-charset",
      "attributes-natural-language",
      "job-id",
    ]);
    expect(stringOf(attributes, "attributes-natural-language")).toBe("fr");
  });

  test("is cut between characters where the standard has a limit", () => {
    expect(name("é".repeat(200))).toEqual({ kind: "name", value: "é".repeat(127) });
    expect(name("😀".repeat(64))).toEqual({ kind: "name", value: "😀".repeat(63) });
    expect(text("x".repeat(2000))).toEqual({ kind: "text", value: "x".repeat(1023) });
  });

  test("needs a value", () => {
    expect(() => attribute("media-ready")).toThrow("media-ready");
  });

  test("says a time as DateAndTime does, with months from 1", () => {
    const value = dateTime(new Date("2026-11-21T22:13:05.678Z"));
    expect(value).toEqual({
      kind: "dateTime",
      value: Uint8Array.of(0x07, 0xea, 11, 21, 22, 13, 5, 6, 0x2b, 0, 0),
    });
  });
});

describe("a number of the standard", () => {
  test("has its registered name, and an unknown one is still said", () => {
    expect(statusName(0x0507)).toBe("server-error-busy");
    expect(statusName(0x0599)).toBe("0x0599");
    expect(isSuccessful(0x0001)).toBe(true);
    expect(isSuccessful(0x0400)).toBe(false);
    expect(operationName(operation.createJob)).toBe("createJob");
    expect(jobStateName(4)).toBe("pendingHeld");
    expect(jobStateName(42)).toBeUndefined();
    expect(printerStateName(5)).toBe("stopped");
    expect(isTerminal("aborted")).toBe(true);
    expect(isTerminal("processingStopped")).toBe(false);
  });
});
