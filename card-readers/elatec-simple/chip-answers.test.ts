import { expect, it } from "vitest";
import { readAtqa, readChipBytes, readManyTags, readPacBits, readYesNo } from "./chip-answers.ts";
import { chipCommands } from "./chip-commands.ts";

const bytes = (text: string) => Buffer.from(text, "hex");

it("is nothing without a card, whatever follows", () => {
  expect(readChipBytes(bytes("00"))).toBe("none");
  expect(readManyTags(bytes("0003"))).toBe("none");
  expect(readYesNo(bytes("00"))).toBe(false);
});

it.each(["", "02", "01", "0105AABB", "01FF"])(
  "has nothing of an answer that is cut: %j",
  (said) => {
    expect(readChipBytes(bytes(said))).toBeUndefined();
    expect(readPacBits(bytes(said))).toBeUndefined();
    expect(readAtqa(bytes(said.slice(0, 4)))).toBeUndefined();
  },
);

it("counts neither more cards nor more bits than it has bytes for", () => {
  expect(readManyTags(bytes("01020466CF4DC2"))).toBeUndefined();
  expect(readManyTags(bytes(`01FF${"0466CF4DC2".repeat(255)}`))).toBeUndefined();
  expect(readPacBits(bytes("01210405000980"))).toBeUndefined();
  expect(() => chipCommands.exchange(new Uint8Array(256))).toThrow(/cannot count 256/);
});
