import { expect, it } from "vitest";
import type { DeviceCondition } from "../devices/watch-devices.ts";
import type { Release } from "../release/release.ts";
import { job, lobby, session, site } from "../view/view.fixture.ts";
import { fastRelease } from "./fast-release.ts";

const other = "aaaaaaaa-0000-4000-8000-000000000077";

function tap(jobs: ReturnType<typeof job>[], condition: DeviceCondition) {
  const asked: { id: string; releases: readonly Release[] }[] = [];
  const engine = {
    intend: (id: string, releases: readonly Release[]) => asked.push({ id, releases }),
  };
  const began = fastRelease({
    terminal: { ...lobby, screen: false },
    session: session({ jobs: jobs.map((one) => ({ provider: "p", job: one })) }),
    state: { known: () => ({ site }) as never },
    releases: {
      engine: engine as never,
      devices: { condition: () => condition } as never,
      jobsUnderWay: () => new Set(),
    },
    now: () => 0,
  });
  return { began, asked };
}

it("releases at one tap all that waits, at the terminal's first device", () => {
  const jobs = [
    job(),
    job({ jobId: other }),
    job({ jobId: "aaaaaaaa-0000-4000-8000-000000000078", maybePrinted: true }),
  ];
  const { began, asked } = tap(jobs, { state: "ready", problems: [] });
  expect(began).toBe(true);
  expect(asked.map(({ id }) => id)).toEqual([session().sessionId]);
  expect(asked[0]?.releases.map(({ jobId, device }) => [jobId, device])).toEqual([
    [job().jobId, "mfp"],
    [other, "mfp"],
  ]);
});

it("begins nothing where nothing waits, or the device cannot print", () => {
  expect(tap([], { state: "ready", problems: [] })).toEqual({ began: false, asked: [] });
  const jammed: DeviceCondition = { state: "blocked", problems: ["paper-jam"] };
  expect(tap([job()], jammed)).toEqual({ began: false, asked: [] });
});
