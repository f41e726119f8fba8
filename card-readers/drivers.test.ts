import { expect, it } from "vitest";
import type { Candidate, DriverEntry } from "./driver.ts";
import { chooseDrivers, drivers } from "./drivers.ts";
import { byFingerprint, type Fingerprint } from "./fingerprint.ts";

const plugged = (usb: Partial<Candidate["usb"]> = {}): Candidate => ({
  transport: "serial",
  address: "/dev/ttyACM0",
  usb: { socket: "1-1", vendorId: 0x09d8, productId: 0x0420, ...usb },
});
const entry = (id: string, ...fingerprints: Fingerprint[]): DriverEntry => ({
  id,
  name: id,
  takes: ["serial"],
  score: byFingerprint(...fingerprints),
  load: () => Promise.reject(new Error("nothing is loaded to choose")),
});
const ids = { vendorId: 0x09d8, productId: 0x0420 };

it("tries the driver that knows most of a reader first, and the others after it", () => {
  const among = [
    entry("by-ids", ids),
    entry("by-name", { ...ids, product: /^TWN4/ }),
    entry("by-all", { ...ids, product: /^TWN4/, manufacturer: /elatec/i }),
    entry("another", { ...ids, productId: 0x0410 }),
  ];
  const candidate = plugged({ product: "TWN4 (simulated)", manufacturer: "Elatec" });
  const choice = chooseDrivers(candidate, { among });
  expect(choice.kind === "chosen" && choice.drivers.map(({ id }) => id)).toEqual([
    "by-all",
    "by-name",
    "by-ids",
  ]);
});

it.each([
  ["serial", 0x09d8, 0x0420, ["elatec-simple", "line"]],
  ["serial", 0x09d8, 0x0427, ["elatec-simple", "line"]],
  ["serial", 0x09d8, 0x0320, ["line"]],
  ["input-device", 0x09d8, 0x0410, ["wedge"]],
  ["input-device", 0x0c27, 0x3bfa, ["wedge"]],
  ["hid", 0x0c27, 0x3bfa, ["pcprox"]],
  // HID reports of a TWN4, about which nothing is published, and a pcProx as a smart card reader.
  ["hid", 0x09d8, 0x0426, []],
  ["hid", 0x0c27, 0xccda, []],
] as const)("knows a reader by its %s and %i:%i", (transport, vendorId, productId, named) => {
  const choice = chooseDrivers({ ...plugged({ vendorId, productId }), transport });
  expect(choice.kind === "chosen" ? choice.drivers.map(({ id }) => id) : []).toEqual(named);
});

it("refuses an adapter that many things have, unless more than its ids fits or a driver is named", () => {
  const adapter = { vendorId: 0x0403, productId: 0x6001 };
  const among = [entry("weak", adapter), entry("strong", { ...adapter, product: /badge/i })];
  expect(chooseDrivers(plugged(adapter), { among })).toMatchObject({
    kind: "refused",
    sentence: expect.stringContaining("Name the reader's driver"),
  });
  const chosen = chooseDrivers(plugged({ ...adapter, product: "Badge 1" }), { among });
  expect(chosen.kind === "chosen" && chosen.drivers.map(({ id }) => id)).toEqual(["strong"]);
  expect(chooseDrivers(plugged(adapter), { among, named: "weak" }).kind).toBe("chosen");
});

it("says which drivers there are when the one that was named cannot read there", () => {
  expect(
    chooseDrivers({ transport: "tcp-dial", address: "192.0.2.7:2000" }, { named: "nfc" }),
  ).toMatchObject({ kind: "refused", sentence: expect.stringContaining("network") });
});

it("has one driver of each name, and every one can be loaded", async () => {
  expect(new Set(drivers.map(({ id }) => id)).size).toBe(drivers.length);
  for (const { load } of drivers) expect(typeof (await load()).open).toBe("function");
});
