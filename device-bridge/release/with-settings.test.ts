import { expect, it } from "vitest";
import { play } from "./course.fixture.ts";
import { claimed, particulars, sidePrice, snapshot, waitingRelease } from "./release.fixture.ts";
import type { ReleaseEvent } from "./release-event.ts";

const inColour = {
  ...claimed,
  particulars: { ...particulars, pageRuns: [[10, "colour"]] as [number, "colour"][] },
};
const asked: readonly ReleaseEvent[] = [
  { kind: "start", late: false },
  { kind: "device-seen", device: snapshot() },
  { kind: "claim-answered", reply: inColour },
];

it("a release is priced, reserved and told to the device as the person set it", () => {
  const settings = { copies: 3, sides: "two-sided-long-edge", colourMode: "grey" } as const;
  const { effects } = play(asked, waitingRelease({ settings }));
  const reserve = effects.find((effect) => effect.kind === "reserve");
  expect(reserve?.request.legs).toMatchObject([{ amount: 3 * 10 * sidePrice }]);
  const create = effects.find((effect) => effect.kind === "createJob");
  expect(create?.document.particulars).toMatchObject(settings);
});

it("what was not set stays as the job was sent", () => {
  const { effects } = play(asked, waitingRelease({ settings: { copies: 2 } }));
  const reserve = effects.find((effect) => effect.kind === "reserve");
  expect(reserve?.request.legs).toMatchObject([{ amount: 2 * 10 * 2000 }]);
});
