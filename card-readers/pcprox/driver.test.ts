import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPcproxDevice, type PcproxDevice } from "../../simulator/readers/pcprox-device.ts";
import type { Candidate, OpenedReader } from "../driver.ts";
import type { CardRead } from "../reader.ts";
import type { FeatureWire } from "../transport/feature-wire.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import { driver } from "./driver.ts";

const card = { number: 0x2ec0c86n, bits: 26 };
const other = { number: 0x209a42c5cn, bits: 34 };
const candidate: Candidate = { transport: "hid", address: "/dev/hidraw0" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A simulated reader on a cable that can be pulled. */
function plugIn(device: PcproxDevice) {
  let pulled = false;
  let closed = 0;
  const gone = () => new ReaderTrouble("gone", "It was unplugged.");
  const wire: FeatureWire = {
    carries: "features",
    address: candidate.address,
    send(report) {
      if (pulled) return Promise.reject(gone());
      return device.setReport(report)
        ? Promise.resolve()
        : Promise.reject(new Error("A report that no pcProx knows."));
    },
    fetch: () => (pulled ? Promise.reject(gone()) : Promise.resolve(device.getReport())),
    close() {
      closed += 1;
      return Promise.resolve();
    },
  };
  return { wire, pull: () => (pulled = true), closed: () => closed };
}

async function opened(wire: FeatureWire) {
  const heard: string[] = [];
  const reads: CardRead[] = [];
  const reader: OpenedReader = await driver.open({
    wire,
    candidate,
    now: Date.now,
    settings: {},
    events: {
      onCard: (read) => {
        reads.push(read);
        heard.push(`${read.text}/${read.bits}`);
      },
      onRemoved: () => heard.push("removed"),
      onTrouble: ({ kind }) => heard.push(kind),
    },
  });
  return { reader, heard, reads };
}

test("a card is told once, then that it is gone; another one at once", async () => {
  const device = createPcproxDevice();
  const { reader, heard } = await opened(plugIn(device).wire);
  device.hold(card);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual(["760643/24"]);
  device.hold(other);
  await vi.advanceTimersByTimeAsync(200);
  expect(heard).toEqual(["760643/24", "04D2162E/32"]);
  device.remove();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(heard.at(-1)).toBe("removed");
  await reader.close();
});

test("it types nothing while it is ours, and types again when we let go", async () => {
  const device = createPcproxDevice();
  const { wire, closed } = plugIn(device);
  const { reader } = await opened(wire);
  expect(device.typesNothing()).toBe(true);
  reader.feedback("accepted");
  await vi.advanceTimersByTimeAsync(100);
  await reader.close();
  expect(device.typesNothing()).toBe(false);
  expect(device.light()).toBe("its own");
  expect(device.eepromWrites()).toBe(0);
  expect(closed()).toBe(1);
});

test("its light tells what became of a card, and then is its own again", async () => {
  const device = createPcproxDevice();
  const { reader } = await opened(plugIn(device).wire);
  reader.feedback("busy");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(device.light()).toBe("amber");
  reader.feedback("refused");
  await vi.advanceTimersByTimeAsync(100);
  expect(device.light()).toBe("red");
  reader.feedback("accepted");
  await vi.advanceTimersByTimeAsync(100);
  expect(device.light()).toBe("green");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(device.light()).toBe("its own");
  await reader.close();
});

test("a light that was set in its page stays what it was", async () => {
  const device = createPcproxDevice();
  for (const report of ["8200000000000000", "0902414243444546", "9000000000000000"])
    device.setReport(Uint8Array.from(Buffer.from(report, "hex")));
  const { reader } = await opened(plugIn(device).wire);
  reader.feedback("accepted");
  await vi.advanceTimersByTimeAsync(100);
  expect(device.light()).toBe("green");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(device.light()).toBe("red");
  await reader.close();
});

test("a pulled cable is told once, and letting go does not wait for it", async () => {
  const device = createPcproxDevice();
  const { wire, pull, closed } = plugIn(device);
  const { reader, heard } = await opened(wire);
  pull();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(heard).toEqual(["gone"]);
  await reader.close();
  expect(closed()).toBe(1);
  device.hold(card);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(heard).toEqual(["gone"]);
});

test("what answers nothing but zeros is no pcProx", async () => {
  const wire: FeatureWire = {
    carries: "features",
    address: "/dev/hidraw7",
    send: () => Promise.resolve(),
    fetch: () => Promise.resolve(new Uint8Array(8)),
    close: () => Promise.resolve(),
  };
  await expect(opened(wire)).rejects.toThrow("What is at /dev/hidraw7 is no pcProx reader.");
});
