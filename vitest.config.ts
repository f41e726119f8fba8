import { defineConfig } from "vitest/config";

/**
 * Unit tests stand beside the code they test; whole-system tests with real peers live in `test/`.
 * Every test names its own bounds, so a stuck peer fails one test and not the run.
 */
export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**", "data/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
