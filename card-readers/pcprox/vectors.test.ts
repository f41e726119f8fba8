import { expect, test } from "vitest";
import { createPcproxDevice } from "../../simulator/readers/pcprox-device.ts";
import {
  codes,
  hasKeystrokes,
  isNothing,
  lightOf,
  readCard,
  readInfo,
  request,
  withKeystrokes,
  withLight,
} from "./codec.ts";

const report = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Facility 118, card 1603, in format H10301: with its parity bits, and what the reader tells of it. */
const card = { number: 0x2ec0c86n, bits: 26 };
const cardReport = report("43 06 76 00 00 00 00 00");
const bitsReport = report("18 18 00 00 00 00 00 00");

test("the answers to 8F and 8E are one card", () => {
  expect(readCard(cardReport, bitsReport)).toEqual({
    text: "760643",
    bytes: report("76 06 43"),
    bits: 24,
    medium: "rfid",
  });
});

test("the simulated reader gives the same answers for that card", () => {
  const device = createPcproxDevice();
  device.hold(card);
  device.setReport(request(codes.card));
  expect(hex(device.getReport())).toBe(hex(cardReport));
  device.setReport(request(codes.bits));
  expect(hex(device.getReport())).toBe(hex(bitsReport));
});

test("the number of bits is of the card that was asked for before, and of none without", () => {
  const device = createPcproxDevice();
  device.hold(card);
  device.setReport(request(codes.bits));
  expect(isNothing(device.getReport())).toBe(true);
  device.setReport(request(codes.card));
  device.remove();
  device.setReport(request(codes.bits));
  expect(hex(device.getReport())).toBe(hex(bitsReport));
});

test("a number whose bits do not fill bytes has its first bit leftmost", () => {
  const twenty = readCard(report("21 43 06 00 00 00 00 00"), report("13 13 00 00 00 00 00 00"));
  expect(twenty).toEqual({
    text: "064321",
    bytes: report("c8 64 20"),
    bits: 19,
    medium: "rfid",
  });
});

test("64 bits are a card, and leading zeros stay", () => {
  const long = readCard(report("01 00 00 00 00 00 00 80"), report("40 40 00 00 00 00 00 00"));
  expect(long).toMatchObject({ text: "8000000000000001", bits: 64 });
  const short = readCard(report("07 00 00 00 00 00 00 00"), report("20 20 00 00 00 00 00 00"));
  expect(short).toMatchObject({ text: "00000007", bits: 32 });
});

test.each([
  ["no card", "0000000000000000", "0000000000000000"],
  ["a card without bits", "4306760000000000", "0000000000000000"],
  ["more bits than eight bytes have", "4306760000000000", "4141000000000000"],
  ["a number that is longer than its bits", "4306760000000001", "1818000000000000"],
  ["a report that is too short", "43067600", "1818000000000000"],
])("%s is no card", (_, first, second) => {
  expect(readCard(report(first), report(second))).toBeUndefined();
});

test("the reader tells its firmware as minor and release in one byte, major in the next", () => {
  expect(readInfo(report("00 00 30 07 00 34 12 00"))).toEqual({ firmware: "7.3.0", type: 0x1234 });
  const device = createPcproxDevice({ firmware: [7, 3, 0], type: 0x1234 });
  device.setReport(request(codes.info));
  expect(readInfo(device.getReport())).toEqual({ firmware: "7.3.0", type: 0x1234 });
  expect(readInfo(new Uint8Array(8))).toBeUndefined();
});

test.each([
  ["the card", codes.card, "8f00000000000000"],
  ["its bits", codes.bits, "8e00000000000000"],
  ["the reader", codes.info, "8a00000000000000"],
  ["the page of keystrokes", codes.page0, "8000000000000000"],
  ["the page of lights", codes.page2, "8200000000000000"],
  ["an end that keeps nothing for ever", codes.finish, "9000000000000000"],
])("the report for %s is eight bytes", (_, code, wire) => {
  expect(hex(request(code))).toBe(wire);
});

test("keystrokes are one flag, and the rest of the page stays as it is", () => {
  const page = report("03 05 11 10 1a 00 28 08");
  expect(hex(withKeystrokes(page, false))).toBe("030511101a002888");
  expect(hex(withKeystrokes(withKeystrokes(page, false), true))).toBe(hex(page));
  expect(hasKeystrokes(page)).toBe(true);
  expect(hasKeystrokes(withKeystrokes(page, false))).toBe(false);
});

test("a light is the reader's own until it is set", () => {
  const page = report("08 10 41 42 43 44 45 46");
  expect(lightOf(page)).toBeUndefined();
  expect(hex(withLight(page, "red"))).toBe("0912414243444546");
  expect(hex(withLight(page, "amber"))).toBe("0b12414243444546");
  for (const light of ["off", "red", "green", "amber"] as const)
    expect(lightOf(withLight(page, light))).toBe(light);
});
