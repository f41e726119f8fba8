/**
 * Whether a reader sends what no person does: a flood, or number after number. What is turned away is
 * counted, and told once it is more than a hand's clumsiness, and then once a minute at most.
 */
export interface TurnedAway {
  /** Readings that may still come at once. */
  readonly room: number;
  readonly at: number;
  /** Since it was last told. */
  readonly count: number;
  readonly total: number;
  readonly firstAt: number;
  readonly toldAt: number;
}

export const nothingTurnedAway: TurnedAway = {
  room: 20,
  at: Number.NEGATIVE_INFINITY,
  count: 0,
  total: 0,
  firstAt: 0,
  toldAt: Number.NEGATIVE_INFINITY,
};

const roomMost = 20;
const roomPerSecond = 10;
/** Fewer than that in so many milliseconds is somebody who is in a hurry. */
const tellFrom = 10;
const withinMs = 10_000;
const tellEveryMs = 60_000;

/** Takes a reading in, or not where they come faster than anybody can look at them. */
export function takeReading(
  before: TurnedAway,
  at: number,
): { readonly turned: TurnedAway; readonly taken: boolean } {
  const since = Math.max(0, at - before.at);
  const room = Math.min(roomMost, before.room + (since / 1_000) * roomPerSecond);
  const taken = room >= 1;
  return { turned: { ...before, at, room: taken ? room - 1 : room }, taken };
}

/** One more was turned away; `tell` is how many since the last time, where it is to be told. */
export function turnAway(
  before: TurnedAway,
  at: number,
): { readonly turned: TurnedAway; readonly tell: number | undefined } {
  const isNew = at - before.firstAt > withinMs && before.count < tellFrom;
  const count = isNew ? 1 : before.count + 1;
  const turned = {
    ...before,
    count,
    total: before.total + 1,
    firstAt: isNew || before.count === 0 ? at : before.firstAt,
  };
  if (count < tellFrom || at - before.toldAt < tellEveryMs) return { turned, tell: undefined };
  return { turned: { ...turned, count: 0, toldAt: at }, tell: count };
}

/** Whether it was told of in the last minutes. */
export function isFlooded({ toldAt }: TurnedAway, at: number): boolean {
  return at - toldAt < 5 * tellEveryMs;
}
