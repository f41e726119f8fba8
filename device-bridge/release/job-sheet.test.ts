import { expect, it } from "vitest";
import { judge } from "./judge.ts";
import { deviceJob, particulars, wanted } from "./release.fixture.ts";
import { newWatch } from "./watch.ts";

/** A job of ten sides, with a sheet that names it in front, of which so many sides were counted. */
function judged(
  end: "completed" | "canceled",
  job: number | undefined,
  device: number | undefined,
) {
  const watch = {
    ...newWatch({ upTime: 100, counter: 1000, atRest: true }),
    upload: "done" as const,
    jobCount: job,
    deviceCount: device,
    end: { kind: end, neverProcessed: false },
    quietSamples: 99,
  };
  const sheet = { ...particulars, handling: { jobSheets: "standard" as const } };
  const verdict = judge({ watch, deviceJob, wanted, particulars: sheet, profile: undefined });
  return verdict?.kind === "came-out" ? verdict.impressions : verdict;
}

it("does not charge the sheet that names a job, whether the device counts it for the job or not", () => {
  expect(judged("completed", 11, 11)).toBe(10);
  expect(judged("completed", 10, 11)).toBe(10);
  expect(judged("canceled", 4, 4)).toBe(3);
  expect(judged("canceled", 1, 1)).toBe(0);
  expect(judged("canceled", undefined, 4)).toBe(3);
});
