import { expect, it } from "vitest";
import { inTurns } from "./in-turns.ts";

it("gives every item in its order, and others their turn long before the end", async () => {
  const items = Array.from({ length: 5_000 }, (_, n) => n);
  const seen: number[] = [];
  const whenOthersCame: number[] = [];
  const come = () => {
    whenOthersCame.push(seen.length);
    if (seen.length < items.length) setImmediate(come);
  };
  setImmediate(come);
  for await (const item of inTurns(items)) seen.push(item);
  expect(seen).toEqual(items);
  expect(whenOthersCame.length).toBeGreaterThanOrEqual(9);
  expect(whenOthersCame[0]).toBeLessThan(600);
});
