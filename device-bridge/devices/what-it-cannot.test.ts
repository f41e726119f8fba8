import { expect, it } from "vitest";
import { attribute, collection, enumeration, keyword, name, text } from "../../ipp/build.ts";
import { groupTag } from "../../ipp/tags.ts";
import { particulars } from "../release/release.fixture.ts";
import { readAbilities } from "./read-abilities.ts";
import { whatItCannot, whatItLeftOut } from "./what-it-cannot.ts";

const wishful = {
  ...particulars,
  sides: "two-sided-long-edge" as const,
  media: "na_ledger_11x17in",
  handling: {
    finishings: [20, 74, 96, 14],
    mediaSource: "tray-9",
    mediaType: "labels",
    outputBin: "stacker-1",
    printQuality: 5,
    orientation: 4,
    printScaling: "fit" as const,
  },
};

it("names all that a plain device cannot do, once each", () => {
  const plain = readAbilities({
    tag: groupTag.printer,
    attributes: [
      attribute("finishings-supported", enumeration(3)),
      attribute("media-supported", keyword("iso_a4_210x297mm")),
      attribute("media-source-supported", keyword("main"), name("Tray 9")),
      attribute("media-type-supported", keyword("stationery")),
      attribute("output-bin-supported", keyword("face-down")),
      attribute("print-quality-supported", enumeration(4)),
      attribute("orientation-requested-supported", enumeration(3)),
      attribute("print-scaling-supported", keyword("auto")),
      attribute("sides-supported", keyword("one-sided")),
    ],
  });
  expect(plain.mediaSources).toEqual(["main"]);
  expect(whatItCannot(wishful, plain)).toEqual([
    "two-sided",
    "paper-size",
    "staple",
    "punch",
    "fold",
    "finish",
    "tray",
    "paper-type",
    "output-bin",
    "quality",
    "orientation",
    "scaling",
  ]);
  expect(whatItCannot(particulars, plain)).toEqual([]);
});

it("takes silence for no refusal, another name for the same size, and any size where it may be custom", () => {
  expect(whatItCannot(wishful, {})).toEqual([]);
  const size = (...media: string[]) =>
    whatItCannot({ ...particulars, media: wishful.media }, { media });
  expect(size("na_tabloid_11x17in")).toEqual([]);
  expect(size("iso_a4_210x297mm", "custom_max_330x482mm")).toEqual([]);
  expect(size("iso_a4_210x297mm")).toEqual(["paper-size"]);
});

it("reads from the unsupported group what a device left out, and nothing that nobody asked for", () => {
  const col = attribute("media-col", collection([attribute("media-type", keyword("labels"))]));
  expect(
    whatItLeftOut(wishful, [
      attribute("sides", keyword("two-sided-long-edge")),
      col,
      attribute("finishings", enumeration(74)),
      attribute("output-bin", keyword("stacker-1")),
      attribute("job-name", text("Letter")),
    ]),
  ).toEqual(["two-sided", "paper-type", "staple", "punch", "fold", "finish", "output-bin"]);
  expect(
    whatItLeftOut(particulars, [
      attribute("sides", keyword("one-sided")),
      attribute("print-quality", enumeration(5)),
    ]),
  ).toEqual([]);
});
