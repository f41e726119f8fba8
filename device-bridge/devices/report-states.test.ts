import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DeviceStates } from "../../protocol/device-states.ts";
import { reportStates } from "./report-states.ts";

let devices: DeviceStates["devices"];
let told: DeviceStates[];
let answers: boolean;
let reports: ReturnType<typeof reportStates>;

beforeEach(() => {
  vi.useFakeTimers();
  devices = [];
  told = [];
  answers = true;
  reports = reportStates({
    states: () => devices,
    report(report) {
      if (!answers) return Promise.reject(new Error("away"));
      told.push(report);
      return Promise.resolve();
    },
  });
});
afterEach(() => {
  reports.close();
  vi.useRealTimers();
});

const ready = { device: "mfp", state: "ready" as const, problems: [] };
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("tells of the devices soon after they are known, and then every minute", async () => {
  await pass(10_000);
  expect(told).toEqual([]);
  devices = [ready];
  await pass(2_000);
  expect(told).toEqual([{ devices: [ready] }]);
  await pass(58_000);
  expect(told).toHaveLength(1);
  await pass(1_000);
  expect(told).toHaveLength(2);
});

it("gathers changes that come together, and goes on when the server was away", async () => {
  devices = [ready];
  await pass(500);
  devices = [{ device: "mfp", state: "blocked", problems: ["paper-jam"] }];
  for (let n = 0; n < 20; n += 1) reports.changed();
  await pass(500);
  expect(told).toHaveLength(2);
  expect(told[1]).toEqual({ devices });
  answers = false;
  reports.changed();
  await pass(500);
  answers = true;
  await pass(60_000);
  expect(told).toHaveLength(3);
});

it("parts a long list", async () => {
  devices = Array.from({ length: 1_100 }, (_, n) => ({ ...ready, device: `mfp-${n}` }));
  await pass(500);
  expect(told.map((report) => report.devices.length)).toEqual([500, 500, 100]);
});
