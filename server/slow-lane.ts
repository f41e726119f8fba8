import { setTimeout as sleep } from "node:timers/promises";

/** Lets one caller of a place through at a time, with a pause before each. */
export type SlowLane = {
  /** Resolves when it is this caller's turn; false when too many wait there already. */
  enter: (place: string) => Promise<boolean>;
};

/** Makes a lane with `pauseMs` before each caller and room for `waiting` of each place. */
export function createSlowLane(bounds: { pauseMs: number; waiting: number }): SlowLane {
  const lanes = new Map<string, { waiting: number; last: Promise<unknown> }>();
  return {
    async enter(place) {
      const lane = lanes.get(place) ?? { waiting: 0, last: Promise.resolve() };
      if (lane.waiting >= bounds.waiting) return false;
      lane.waiting += 1;
      lane.last = lane.last.then(() => sleep(bounds.pauseMs));
      lanes.set(place, lane);
      await lane.last;
      lane.waiting -= 1;
      if (lane.waiting === 0) lanes.delete(place);
      return true;
    },
  };
}
