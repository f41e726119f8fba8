import { describe, expect, it } from "vitest";
import { kinds, outcomeOf, play, times } from "./course.fixture.ts";
import { account, claimed, deviceJob, snapshot, waitingRelease } from "./release.fixture.ts";
import type { ReleaseEvent } from "./release-event.ts";

const start: ReleaseEvent = { kind: "start", late: false };
const seen: ReleaseEvent = { kind: "device-seen", device: snapshot() };
const claim: ReleaseEvent = { kind: "claim-answered", reply: claimed };
const reserved: ReleaseEvent = { kind: "reserve-answered", reply: { kind: "reserved" } };
const refused: ReleaseEvent = {
  kind: "reserve-answered",
  reply: { kind: "refused", reason: "not-enough-credit" },
};
const created: ReleaseEvent = { kind: "job-created", job: deviceJob };
const silent: ReleaseEvent = { kind: "reserve-unanswered" };
const preparing = play([start, seen, claim]).release;

describe("the device's job, made while the money is being set aside", () => {
  it("is asked for beside the reservation, whichever of claim and look was answered first", () => {
    expect(kinds(play([start, seen, claim]).last)).toEqual(["reserve", "createJob"]);
    expect(kinds(play([start, claim, seen]).effects)).toEqual([
      "claim",
      "lookAtDevice",
      "reserve",
      "createJob",
    ]);
  });

  it("is given its document only when both were answered, in either order", () => {
    for (const [first, second] of [
      [reserved, created],
      [created, reserved],
    ] as const) {
      const one = play([first], preparing);
      expect(one.effects).toEqual([]);
      expect(kinds(play([second], one.release).last)).toEqual(["sendDocument", "poll"]);
    }
  });

  it("waits for the money where the accounts do not cover it, or the device is at work", () => {
    const accounts = [{ account, unit: "money", available: 4_999 }] as const;
    const poor = play([start, seen, claim], waitingRelease({ accounts }));
    expect(kinds(poor.last)).toEqual(["reserve"]);
    const busy: ReleaseEvent = { kind: "device-seen", device: snapshot({ state: "processing" }) };
    expect(kinds(play([start, busy, claim]).last)).toEqual(["reserve"]);
    expect(kinds(play([start, claim, busy]).last)).toEqual([]);
  });

  it("is cancelled when the reservation is refused, and everything given back", () => {
    for (const events of [
      [created, refused],
      [refused, created],
    ]) {
      const { release, last, facts } = play(events, preparing);
      expect(kinds(last)).toEqual(["cancelJob", "finishClaim"]);
      expect(facts).toMatchObject([{ kind: "void" }]);
      expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: "not-enough-credit" });
    }
  });

  it("is looked for and cancelled when nobody answered for it", () => {
    const { effects, facts } = play(
      [refused, { kind: "create-unanswered" }, { kind: "job-looked-up", deviceJobIds: [5] }],
      preparing,
    );
    expect(kinds(effects)).toEqual(["findJobByName", "cancelJob", "finishClaim"]);
    expect(facts).toMatchObject([{ kind: "void" }]);
  });

  it("is looked for after a start, since its answer was not kept", () => {
    for (const late of [true, false]) {
      const again = play([created, { kind: "started-again", late }], preparing);
      expect(kinds(again.last)).toEqual(["findJobByName"]);
      const found = play([{ kind: "job-looked-up", deviceJobIds: [5] }], again.release);
      expect(kinds(found.last)).toEqual(["cancelJob", "finishClaim"]);
    }
  });

  it("does not stand at the device while the server is silent", () => {
    const { release, last } = play([created, silent], preparing);
    expect(kinds(last)).toEqual(["cancelJob", "reserve"]);
    expect(kinds(play([reserved, seen], release).effects)).toEqual(["lookAtDevice", "createJob"]);
    const given = play([...times(6, silent), created], preparing);
    expect(outcomeOf(given.release)).toEqual({ kind: "not-printed", reason: "server-unreachable" });
    expect(kinds(given.last)).toEqual(["cancelJob", "finishClaim"]);
  });

  it("is not wanted any more by somebody who changed their mind", () => {
    const { release, last } = play([{ kind: "cancel-wanted" }, created, reserved], preparing);
    expect(kinds(last)).toEqual(["cancelJob", "finishClaim"]);
    expect(outcomeOf(release)).toEqual({ kind: "not-printed", reason: "cancelled" });
  });

  it("is asked for again by a device that was busy after all", () => {
    const busy: ReleaseEvent = { kind: "create-refused", temporary: true };
    expect(kinds(play([busy, reserved], preparing).last)).toEqual(["createJob"]);
  });
});
