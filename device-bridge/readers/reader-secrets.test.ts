import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { InstallDone } from "../../protocol/reader-key.ts";
import { createReaderSecrets } from "./reader-secrets.ts";

const reader = "lobby/0";
const key = "8F1D2C3B4A59687706F5E4D3C2B1A0FF";
const first = "11111111-1111-4111-8111-111111111111";
const second = "22222222-2222-4222-8222-222222222222";

let told: InstallDone[];
let secrets: ReturnType<typeof createReaderSecrets>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  secrets = createReaderSecrets({
    tell(done) {
      told.push(done);
      return Promise.resolve();
    },
    onChange: () => undefined,
  });
});
afterEach(() => {
  secrets.close();
  vi.useRealTimers();
});

const installs = () => secrets.of(reader)?.install;

it("gives a key once: the first that is heard of the reader ends it", () => {
  secrets.setKeys([{ reader, key, install: first }]);
  expect(installs()).toBe(true);
  secrets.heard(reader, "opening", undefined);
  expect(installs()).toBe(true);
  secrets.heard(reader, "ready", undefined);
  expect(told).toEqual([{ install: first, outcome: { kind: "installed" } }]);
  secrets.setKeys([{ reader, key, install: first }]);
  expect(secrets.of(reader)).toEqual({ key, install: false });
});

it("ends by itself where no reader answers, also after an order that was taken back", () => {
  secrets.setKeys([{ reader, key, install: first }]);
  vi.advanceTimersByTime(30_000);
  secrets.setKeys([]);
  vi.advanceTimersByTime(30_000);
  expect(told).toEqual([]);
  secrets.setKeys([{ reader, key, install: second }]);
  vi.advanceTimersByTime(40_000);
  expect(told).toMatchObject([{ install: second, outcome: { kind: "failed" } }]);
  expect(installs()).toBe(false);
});

it("leaves another order for the same reader its whole time", () => {
  secrets.setKeys([{ reader, key, install: first }]);
  vi.advanceTimersByTime(30_000);
  secrets.setKeys([{ reader, key, install: second }]);
  vi.advanceTimersByTime(30_000);
  expect(installs()).toBe(true);
  vi.advanceTimersByTime(10_000);
  expect(told).toMatchObject([{ install: second }]);
});
