import { expect, test } from "vitest";
import { decidePresence, nobody } from "./decide-presence.ts";

/** What is told, at each moment, of cards that were seen then. */
function told(...looks: readonly (readonly [at: number, seen: string | undefined])[]): string[] {
  let presence = nobody;
  return looks.flatMap(([at, seen]) => {
    const look = decidePresence(presence, seen, at);
    presence = look.presence;
    if (look.tell === undefined) return [];
    return [look.tell === "card" ? `${at} ${seen}` : `${at} removed`];
  });
}

test("a card that lies there is told once, however often it is seen", () => {
  expect(told([0, "A"], [150, "A"], [1_900, "A"], [3_800, "A"])).toEqual(["0 A"]);
});

test("a chip that misses a question has not gone", () => {
  expect(told([0, "A"], [150, undefined], [300, "A"], [1_900, undefined])).toEqual(["0 A"]);
});

test("after two seconds without it the card is gone, and may come again", () => {
  expect(told([0, "A"], [1_999, undefined], [2_000, undefined], [2_150, "A"])).toEqual([
    "0 A",
    "2000 removed",
    "2150 A",
  ]);
});

test("another card is told at once", () => {
  expect(told([0, "A"], [150, "B"])).toEqual(["0 A", "150 B"]);
});
