import { expect, it } from "vitest";
import { finishingName, finishingValue } from "./finishings.ts";
import { handlingAttributes } from "./handling-attributes.ts";
import { mediaDimensions } from "./media-name.ts";
import { collectionOf, integerOf, integersOf, stringOf } from "./read.ts";

it("reads the size off a media name, in millimetres and inches", () => {
  expect(mediaDimensions("iso_a4_210x297mm")).toEqual({ width: 21_000, height: 29_700 });
  expect(mediaDimensions("na_letter_8.5x11in")).toEqual({ width: 21_590, height: 27_940 });
  expect(mediaDimensions("na_index-4x6_4x6in")).toEqual({ width: 10_160, height: 15_240 });
  for (const other of ["a4", "custom_max_330x482mm", "iso_a4_0x297mm", "iso_a4_1.2.3x5mm", ""])
    expect(mediaDimensions(other)).toBeUndefined();
});

it("names finishings as the register does, and back", () => {
  expect([3, 4, 20, 31, 74, 100].map(finishingName)).toEqual([
    "none",
    "staple",
    "staple-top-left",
    "staple-dual-bottom",
    "punch-dual-left",
    "fold-z",
  ]);
  expect(finishingName(17)).toBeUndefined();
  expect(finishingValue("punch-dual-left")).toBe(74);
});

it("sends a medium by its name, and a tray or type with its size in a collection instead", () => {
  expect(handlingAttributes({}, undefined)).toEqual([]);
  expect(handlingAttributes({}, "iso_a4_210x297mm").map(({ name }) => name)).toEqual(["media"]);
  const sent = handlingAttributes(
    { mediaSource: "tray-2", mediaType: "labels", finishings: [20], outputBin: "face-up" },
    "iso_a4_210x297mm",
  );
  expect(sent.map(({ name }) => name)).toEqual(["media-col", "finishings", "output-bin"]);
  const column = collectionOf(sent, "media-col");
  expect(integerOf(collectionOf(column, "media-size"), "y-dimension")).toBe(29_700);
  expect([stringOf(column, "media-source"), stringOf(column, "media-type")]).toEqual([
    "tray-2",
    "labels",
  ]);
  expect(integersOf(sent, "finishings")).toEqual([20]);
});
