import { describe, expect, test } from "vitest";
import { createDecoder, decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { IppAttribute, IppMessage, IppValue } from "./message.ts";
import {
  attributeBytes,
  hex,
  messageBytes,
  printJob,
  printJobBytes,
} from "./messages-for-tests.ts";
import { groupTag } from "./tags.ts";

function firstValue(attribute: Buffer): IppValue | undefined {
  const decoded = decode(messageBytes(hex("01"), attribute));
  if (decoded.kind !== "complete") throw new Error(decoded.kind);
  return decoded.message.groups[0]?.attributes[0]?.values[0];
}

describe("a message that a peer may send", () => {
  test("is decoded into groups, attributes and nested collections", () => {
    const length = printJobBytes.length;
    expect(decode(printJobBytes)).toEqual({ kind: "complete", message: printJob, length });
  });

  test("is encoded into the very bytes of the standard", () => {
    expect(Buffer.from(encode(printJob)).toString("hex")).toBe(
      Buffer.from(printJobBytes).toString("hex"),
    );
  });

  test("keeps two groups with the same tag apart, in order", () => {
    const job = (id: number): IppAttribute => ({
      name: "job-id",
      values: [{ kind: "integer", value: id }],
    });
    const groups = [1, 2].map((id) => ({ tag: groupTag.job, attributes: [job(id)] }));
    const decoded = decode(encode({ ...printJob, groups }));
    expect(decoded).toMatchObject({ kind: "complete", message: { groups } });
  });

  test("says with every shorter start that more is needed", () => {
    for (let length = 0; length < printJobBytes.length; length += 1) {
      expect(decode(printJobBytes.subarray(0, length))).toEqual({ kind: "more" });
    }
  });
});

describe("a value", () => {
  test.each([
    [0x13, hex(""), { kind: "noValue" }],
    [0x12, hex(""), { kind: "unknown" }],
    [0x21, hex("ffffffff"), { kind: "integer", value: -1 }],
    [0x22, hex("01"), { kind: "boolean", value: true }],
    [0x23, hex("00000005"), { kind: "enum", value: 5 }],
    [
      0x32,
      hex("00000258 00000258 03"),
      { kind: "resolution", value: { x: 600, y: 600, units: 3 } },
    ],
    [0x31, hex("07ea0b1500000000 2b0000"), { kind: "dateTime" }],
    [0x36, hex("0002 6672 0003 4cc3a9"), { kind: "nameWithLanguage", language: "fr", value: "Lé" }],
    [0x41, hex("efbbbf 41"), { kind: "text", value: "\ufeffA" }],
    [0x77, hex("0102"), { kind: "other", tag: 0x77, value: hex("0102") }],
    // What cannot be made again from its meaning is kept.
    [0x22, hex("ff"), { kind: "boolean", value: true, raw: hex("ff") }],
    [0x42, hex("4c e9"), { kind: "name", value: "L\ufffd", raw: hex("4c e9") }],
    [0x13, hex("4e2f41"), { kind: "noValue", raw: hex("4e2f41") }],
  ])("with tag %i is understood, and encoded to the same bytes", (tag, bytes, expected) => {
    const attribute = attributeBytes(tag, "a", bytes);
    expect(firstValue(attribute)).toMatchObject(expected);
    const whole = messageBytes(hex("01"), attribute);
    const decoded = decode(whole);
    if (decoded.kind !== "complete") throw new Error(decoded.kind);
    expect(Buffer.from(encode(decoded.message)).equals(whole)).toBe(true);
  });

  test("does not change when the bytes it came from are used again", () => {
    const whole = messageBytes(hex("01"), attributeBytes(0x30, "a", hex("0102")));
    const decoded = decode(whole);
    whole.fill(0xee);
    expect(decoded).toMatchObject({
      message: { groups: [{ attributes: [{ values: [{ value: hex("0102") }] }] }] },
    });
  });
});

describe("a message that no peer should send", () => {
  const begin = hex("34 0001 63 0000");
  const member = hex("4a 0000 0001 6d");
  const end = hex("37 0000 0000");
  const nested = (depth: number) =>
    messageBytes(
      hex("01"),
      begin,
      ...Array.from({ length: depth - 1 }, () => [member, hex("34 0000 0000")]).flat(),
      member,
      hex("22 0000 0001 01"),
      ...Array.from({ length: depth }, () => end),
    );

  test.each([
    ["a value-length of -5 under an empty name", hex("0200 000b 00000001 01 47 0000 fffb")],
    ["a value-length of -6", hex("0200 000b 00000001 01 47 0001 61 fffa")],
    ["a name-length of -5", hex("0200 000b 00000001 01 47 fffb")],
    ["group 0", messageBytes(hex("00"))],
    ["an attribute before any group", messageBytes(attributeBytes(0x21, "a", hex("00000001")))],
    ["a further value without an attribute", messageBytes(hex("01 21 0000 0004 00000001"))],
    ["an integer of 3 bytes", messageBytes(hex("01"), attributeBytes(0x21, "a", hex("000001")))],
    ["a boolean of 2 bytes", messageBytes(hex("01"), attributeBytes(0x22, "a", hex("0001")))],
    ["a range of 4 bytes", messageBytes(hex("01"), attributeBytes(0x33, "a", hex("00000001")))],
    ["a dateTime of 8 bytes", messageBytes(hex("01"), attributeBytes(0x31, "a", "12345678"))],
    [
      "inner lengths that do not sum",
      messageBytes(hex("01"), attributeBytes(0x36, "a", hex("0002 6672 0009 41"))),
    ],
    ["the extension tag", messageBytes(hex("01"), attributeBytes(0x7f, "a", hex("00000001")))],
    ["a name that is not UTF-8", messageBytes(hex("01 21 0001 e9 0004 00000001"))],
    ["a group that ends in a collection", messageBytes(hex("01"), begin)],
    ["a collection that ends unbegun", messageBytes(hex("01 21 0001 61 0004 00000001"), end)],
    ["a member outside a collection", messageBytes(hex("01 21 0001 61 0004 00000001"), member)],
    ["a member without a value", messageBytes(hex("01"), begin, member, end)],
    ["a begCollection that is not empty", messageBytes(hex("01 34 0001 63 0001 00"), end)],
    ["a name in a member", messageBytes(hex("01"), begin, member, hex("22 0001 61 0001 01"), end)],
    ["nine collections in each other", nested(9)],
    [
      "20,001 values",
      messageBytes(hex("01"), hex("22 0001 61 0001 01"), hex("22 0000 0001 01".repeat(20_000))),
    ],
    ["20,001 groups", messageBytes(hex("01".repeat(20_001)))],
  ])("is malformed at once: %s", (_, bytes) => {
    expect(decode(bytes).kind).toBe("malformed");
    expect(createDecoder().push(bytes).kind).toBe("malformed");
  });

  test("but eight collections in each other are allowed", () => {
    expect(decode(nested(8)).kind).toBe("complete");
  });

  test("is malformed before its bytes have come, when it says that it will be too long", () => {
    const start = hex("0200 000b 00000001 01 47 0001 61 7fff");
    expect(decode(start, { maxBytes: 1000 }).kind).toBe("malformed");
    expect(decode(start).kind).toBe("more");
  });

  test("names the trouble and where it is", () => {
    expect(decode(hex("0200 000b 00000001 01 47 0001 61 fffa"))).toEqual({
      kind: "malformed",
      reason: "a value of 65530 bytes, at byte 9",
    });
  });
});

describe("a message that we ourselves got wrong", () => {
  const withAttribute = (attribute: IppAttribute): IppMessage => ({
    ...printJob,
    groups: [{ tag: groupTag.operation, attributes: [attribute] }],
  });

  test.each([
    ["no value", withAttribute({ name: "a", values: [] })],
    ["no name", withAttribute({ name: "", values: [{ kind: "noValue" }] })],
    [
      "an integer of 33 bits",
      withAttribute({ name: "a", values: [{ kind: "integer", value: 2 ** 32 }] }),
    ],
    ["half an integer", withAttribute({ name: "a", values: [{ kind: "integer", value: 0.5 }] })],
    [
      "a text too long",
      withAttribute({ name: "a", values: [{ kind: "text", value: "é".repeat(17_000) }] }),
    ],
    [
      "a date too short",
      withAttribute({ name: "a", values: [{ kind: "dateTime", value: hex("00") }] }),
    ],
    [
      "a tag that shapes",
      withAttribute({ name: "a", values: [{ kind: "other", tag: 3, value: hex("") }] }),
    ],
    ["the end as a group", { ...printJob, groups: [{ tag: 3, attributes: [] }] }],
  ])("is not encoded: %s", (_, message) => {
    expect(() => encode(message)).toThrow(RangeError);
  });
});
