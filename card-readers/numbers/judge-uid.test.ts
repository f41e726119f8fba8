import { expect, it } from "vitest";
import { judgeUid, type UidFacts, uidSentence } from "./judge-uid.ts";

const card = (text: string, more: Partial<UidFacts> = {}): UidFacts => ({
  text,
  medium: "rfid",
  ...more,
});

it.each([
  [card("08A1B2C3", { bits: 32, tagType: "ISO14443A/MIFARE" }), "random"],
  [card("08A1B2C3"), "perhaps"],
  [card("08123456", { medium: "wedge" }), "perhaps"],
  [card("80A1B2C3"), "suspect"],
  [card("66CF4DC2"), "fixed"],
  // Longer UIDs, other chips and other media may begin as they like.
  [card("0804D7A79A9737", { bits: 56 }), "fixed"],
  [card("08A1B2C3", { bits: 32, tagType: "EM4102" }), "fixed"],
  [card("08A1B2C3", { bits: 26 }), "fixed"],
  [card("08123456", { medium: "barcode" }), "fixed"],
  [card("0812345678"), "fixed"],
] as const)("judges %j to be %s", (facts, judgement) => {
  expect(judgeUid(facts)).toBe(judgement);
  expect(uidSentence(judgement) === undefined).toBe(judgement === "fixed");
});
