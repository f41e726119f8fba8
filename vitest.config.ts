import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

/**
 * Unit tests stand beside the code that they test; tests of whole systems with real peers live in
 * `test/`, and those of the kiosk in a real browser in `kiosk/test/`. The latter start many processes
 * and wait for most of their time: two at once keep two cores busy.
 */
const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What is waited for comes; a busy machine only takes longer than the second that it would be given.
  expect: { poll: { timeout: 20_000 } },
  pool: "forks" as const,
};
const system = ["test/**/*.test.ts", "kiosk/test/**/*.test.ts"];
const nowhere = ["node_modules/**", "dist/**", "data/**"];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...nowhere, ...system],
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...common,
          name: "system",
          include: system,
          exclude: nowhere,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
