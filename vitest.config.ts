import { defineConfig } from "vitest/config";

/**
 * Unit tests stand beside the code that they test; tests of whole systems with real peers live in
 * `test/`, and those of the kiosk in a real browser in `kiosk/test/`. The latter start many processes,
 * so they run one after the other.
 */
const common = { testTimeout: 30_000, hookTimeout: 60_000, pool: "forks" as const };
const system = ["test/**/*.test.ts", "kiosk/test/**/*.test.ts"];
const nowhere = ["node_modules/**", "dist/**", "data/**"];

export default defineConfig({
  test: {
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
          fileParallelism: false,
        },
      },
    ],
  },
});
