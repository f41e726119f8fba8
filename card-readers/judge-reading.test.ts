import { expect, it } from "vitest";
import { canonicalCardNumber } from "./card-number.ts";
import { type Guard, judgeReading, newGuard } from "./judge-reading.ts";

/** Says each of these at its time. */
function say(each: readonly (readonly [said: string, at: number])[]) {
  let guard: Guard = newGuard;
  let asked = 0;
  const passages: string[] = [];
  const told: number[] = [];
  for (const [said, at] of each) {
    const judged = judgeReading(guard, { said, at }, () => {
      asked += 1;
      return canonicalCardNumber(said);
    });
    guard = judged.guard;
    passages.push(judged.passage);
    if (judged.tell !== undefined) told.push(judged.tell);
  }
  return { passages, asked, told };
}

it("lets a card through once while it lies there, and works its number out once", () => {
  const { passages, asked } = say([
    ["66CF4DC2", 0],
    ["66CF4DC2", 500],
    ["66CF4DC2", 2_400],
    ["946EBD28", 2_700],
  ]);
  expect(passages).toEqual(["admitted", "same", "same", "admitted"]);
  expect(asked).toBe(2);
});

it("knows what is no card", () => {
  expect(say([["RF IDeas>", 0]]).passages).toEqual(["no-card"]);
});

it("does not even look at a flood, and tells of it", () => {
  const { passages, asked, told } = say(
    Array.from({ length: 10_000 }, (_, i) => [`CARD${i}`, i / 10] as const),
  );
  expect(passages.filter((one) => one === "admitted").length).toBeLessThan(10);
  expect(passages.at(-1)).toBe("flood");
  expect(asked).toBeLessThan(50);
  expect(told).toEqual([10]);
});

it("tells of number after number that nobody has", () => {
  const { passages, told } = say(
    Array.from({ length: 600 }, (_, i) => [`CARD${i}`, i * 1_000] as const),
  );
  expect(passages.filter((one) => one === "admitted").length).toBeLessThan(40);
  expect(passages.at(-1)).toBe("slowed");
  expect(told.length).toBeGreaterThan(3);
});
