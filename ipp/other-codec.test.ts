import { createRequire } from "node:module";
import { expect, test } from "vitest";
import {
  attribute,
  boolean,
  enumeration,
  integer,
  keyword,
  keywords,
  mimeMediaType,
  name,
  operationGroup,
  range,
  text,
  uri,
} from "./build.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { operation } from "./operations.ts";
import { groupOf, integerOf, stringOf, valuesOf } from "./read.ts";
import { groupTag } from "./tags.ts";

/** A codec that we did not write. It can do less than ours, so these messages keep to what it can. */
const other: {
  parse(bytes: Buffer): Record<string, unknown>;
  serialize(message: Record<string, unknown>): Buffer;
} = createRequire(import.meta.url)("ipp");

test("what the other codec encodes is read as it was meant", () => {
  const decoded = decode(
    other.serialize({
      version: "2.0",
      operation: "Print-Job",
      id: 77,
      "operation-attributes-tag": {
        "attributes-charset": "utf-8",
        "attributes-natural-language": "fr-be",
        "printer-uri": "ipp://localhost:9163/printers/find-me",
        "requesting-user-name": "zoé",
        "document-format": "application/pdf",
      },
      "job-attributes-tag": { copies: 3, sides: "two-sided-long-edge", finishings: "staple" },
      data: Buffer.from("%PDF-1.7"),
    }),
  );
  if (decoded.kind !== "complete") throw new Error(decoded.kind);
  const { message } = decoded;
  expect(message).toMatchObject({ version: { major: 2, minor: 0 }, code: 2, requestId: 77 });
  const operationAttributes = groupOf(message, groupTag.operation);
  expect(operationAttributes?.attributes[0]?.name).toBe("attributes-charset");
  expect(stringOf(operationAttributes, "attributes-natural-language")).toBe("fr-be");
  expect(stringOf(operationAttributes, "requesting-user-name")).toBe("zoé");
  const job = groupOf(message, groupTag.job);
  expect(integerOf(job, "copies")).toBe(3);
  expect(valuesOf(job, "sides")).toEqual([keyword("two-sided-long-edge")]);
  expect(valuesOf(job, "finishings")).toEqual([enumeration(4)]);
});

test("what we encode is read by the other codec as we meant it", () => {
  const printer = [
    attribute("printer-name", name("Étage 2")),
    attribute("printer-info", text("")),
    attribute("printer-state", enumeration(3)),
    attribute("printer-state-reasons", ...keywords("media-low-warning", "toner-low-warning")),
    attribute("printer-is-accepting-jobs", boolean(true)),
    attribute("printer-up-time", integer(-1)),
    attribute("copies-supported", range(1, 999)),
    attribute("document-format-supported", mimeMediaType("application/pdf")),
  ];
  const bytes = encode({
    version: { major: 2, minor: 0 },
    code: operation.getPrinterAttributes,
    requestId: 5,
    groups: [
      operationGroup([attribute("printer-uri", uri("ipp://localhost:631/ipp/print"))]),
      { tag: groupTag.printer, attributes: printer },
    ],
  });
  expect(other.parse(Buffer.from(bytes))).toMatchObject({
    version: "2.0",
    operation: "Get-Printer-Attributes",
    id: 5,
    "operation-attributes-tag": {
      "attributes-charset": "utf-8",
      "attributes-natural-language": "en",
      "printer-uri": "ipp://localhost:631/ipp/print",
    },
    "printer-attributes-tag": {
      "printer-name": "Étage 2",
      "printer-info": "",
      "printer-state": "idle",
      "printer-state-reasons": ["media-low-warning", "toner-low-warning"],
      "printer-is-accepting-jobs": true,
      "printer-up-time": -1,
      "copies-supported": [1, 999],
      "document-format-supported": "application/pdf",
    },
  });
});
