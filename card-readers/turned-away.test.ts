import { expect, it } from "vitest";
import { isFlooded, nothingTurnedAway, takeReading, turnAway } from "./turned-away.ts";

it("takes what hands can do, and a burst, but no flood", () => {
  let turned = nothingTurnedAway;
  let taken = 0;
  for (let at = 0; at < 10_000; at += 1) {
    const reading = takeReading(turned, at);
    turned = reading.turned;
    if (reading.taken) taken += 1;
  }
  expect(taken).toBeGreaterThan(100);
  expect(taken).toBeLessThan(125);
  // A tap a second is never too much.
  for (let at = 20_000; at < 60_000; at += 1_000) {
    const reading = takeReading(turned, at);
    turned = reading.turned;
    expect(reading.taken).toBe(true);
  }
});

it("tells of a flood once, then once a minute, with how many were turned away", () => {
  let turned = nothingTurnedAway;
  const told: [number, number][] = [];
  for (let at = 0; at < 180_000; at += 100) {
    const noted = turnAway(turned, at);
    turned = noted.turned;
    if (noted.tell !== undefined) told.push([at, noted.tell]);
  }
  expect(told).toEqual([
    [900, 10],
    [60_900, 600],
    [120_900, 600],
  ]);
  expect(turned.total).toBe(1_800);
  expect(isFlooded(turned, 180_000)).toBe(true);
  expect(isFlooded(turned, 480_000)).toBe(false);
});

it("says nothing of somebody who is only in a hurry", () => {
  let turned = nothingTurnedAway;
  for (let at = 0; at < 3_600_000; at += 5_000) {
    const noted = turnAway(turned, at);
    turned = noted.turned;
    expect(noted.tell).toBeUndefined();
  }
});
