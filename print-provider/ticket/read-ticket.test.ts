import { describe, expect, it } from "vitest";
import {
  attribute,
  collection,
  enumeration,
  group,
  integer,
  keyword,
  range,
} from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { groupTag } from "../../ipp/tags.ts";
import { noSite } from "../site/site-store.ts";
import { abilitiesOf } from "./queue-abilities.ts";
import { readTicket } from "./read-ticket.ts";
import { plainTicket } from "./ticket.ts";

const usual = abilitiesOf(noSite, "find-me");
const finisher = abilitiesOf(
  {
    ...noSite,
    abilities: {
      "find-me": {
        finishings: [3, 4, 20, 74],
        media: ["iso_a4_210x297mm", "iso_sra3_320x450mm"],
        mediaReady: ["iso_a4_210x297mm"],
        mediaSources: ["auto", "tray-1", "by-pass-tray"],
        mediaTypes: ["stationery", "labels"],
        outputBins: ["face-up", "stacker-1"],
        outputBinDefault: "stacker-1",
        printQualities: [4, 5],
        orientations: [3, 4],
        printScalings: ["auto", "fit"],
        sides: ["one-sided"],
      },
    },
  },
  "find-me",
);
const readBy = (abilities: typeof usual, ...attributes: IppAttribute[]) =>
  readTicket(group(groupTag.job, attributes), abilities);
const read = (...attributes: IppAttribute[]) => readBy(usual, ...attributes);
const size = (x: number, y: number) =>
  attribute(
    "media-size",
    collection([attribute("x-dimension", integer(x)), attribute("y-dimension", integer(y))]),
  );

describe("a ticket", () => {
  it("is one grey-or-colour, one-sided copy when the client says nothing", () => {
    expect(readTicket(undefined, usual)).toEqual({
      ticket: plainTicket,
      onHold: false,
      unsupported: [],
    });
  });

  it("holds copies, sides, colour and medium as the client asked", () => {
    const { ticket, unsupported } = read(
      attribute("copies", integer(3)),
      attribute("sides", keyword("two-sided-long-edge")),
      attribute("print-color-mode", keyword("monochrome")),
      attribute("media", keyword("iso_a3_297x420mm")),
    );
    expect(unsupported).toEqual([]);
    expect(ticket).toEqual({
      copies: 3,
      sides: "two-sided-long-edge",
      printColorMode: "monochrome",
      media: "iso_a3_297x420mm",
    });
  });

  it("knows a medium by its size, as CUPS sends it", () => {
    const col = collection([
      size(21_590, 27_940),
      attribute("media-left-margin", integer(423)),
      attribute("media-source", keyword("auto")),
      attribute("media-type", keyword("stationery")),
    ]);
    const { ticket, unsupported } = read(attribute("media-col", col));
    expect(unsupported).toEqual([]);
    expect(ticket.media).toBe("na_letter_8.5x11in");
  });

  it.each([
    ["an unknown size", collection([size(1, 1)])],
    [
      "a tray of its own",
      collection([size(21_000, 29_700), attribute("media-source", keyword("tray-1"))]),
    ],
    ["a member of another kind", collection([attribute("media-weight-metric", integer(80))])],
  ])("gives a media-col with %s back as unsupported", (_what, col) => {
    const asked = attribute("media-col", col);
    expect(read(asked)).toEqual({ ticket: plainTicket, onHold: false, unsupported: [asked] });
  });

  it("never loses what it cannot do: wrong values come back, unknown names as unsupported", () => {
    const asked = [
      attribute("copies", integer(0)),
      attribute("finishings", enumeration(3), enumeration(4)),
      attribute("sides", keyword("one-sided"), keyword("two-sided-long-edge")),
      attribute("page-ranges", range(1, 2)),
      attribute("print-wobbly", integer(1)),
    ];
    const { ticket, unsupported } = read(...asked);
    expect(ticket).toEqual(plainTicket);
    expect(unsupported.slice(0, 4)).toEqual(asked.slice(0, 4));
    expect(unsupported[4]).toEqual({ name: "print-wobbly", values: [{ kind: "unsupported" }] });
  });

  it("may ask for the job to be kept back", () => {
    expect(read(attribute("job-hold-until", keyword("indefinite"))).onHold).toBe(true);
    expect(read(attribute("job-hold-until", keyword("no-hold"))).onHold).toBe(false);
    expect(read(attribute("job-hold-until", keyword("night"))).unsupported).toHaveLength(1);
  });

  it("keeps what the devices of the queue can do with the paper, and only what is not as usual", () => {
    const { ticket, unsupported } = readBy(
      finisher,
      attribute("finishings", enumeration(3), enumeration(20), enumeration(20)),
      attribute(
        "media-col",
        collection([
          size(32_000, 45_000),
          attribute("media-source", keyword("by-pass-tray")),
          attribute("media-type", keyword("labels")),
        ]),
      ),
      attribute("output-bin", keyword("face-up")),
      attribute("print-quality", enumeration(5)),
      attribute("orientation-requested", enumeration(4)),
      attribute("print-scaling", keyword("fit")),
    );
    expect(unsupported).toEqual([]);
    expect(ticket).toEqual({
      ...plainTicket,
      media: "iso_sra3_320x450mm",
      handling: {
        finishings: [20],
        mediaSource: "by-pass-tray",
        mediaType: "labels",
        outputBin: "face-up",
        printQuality: 5,
        orientation: 4,
        printScaling: "fit",
      },
    });
    const asUsual = readBy(
      finisher,
      attribute("finishings", enumeration(3)),
      attribute("output-bin", keyword("stacker-1")),
      attribute("print-quality", enumeration(4)),
      attribute("orientation-requested", enumeration(3)),
      attribute("print-scaling", keyword("auto")),
    );
    expect(asUsual).toEqual({ ticket: plainTicket, onHold: false, unsupported: [] });
  });

  it("reads finishings from their collections, too", () => {
    const col = (template: string) =>
      collection([attribute("finishing-template", keyword(template))]);
    const { ticket } = readBy(
      finisher,
      attribute("finishings-col", col("staple-top-left"), col("punch-dual-left")),
    );
    expect(ticket.handling).toEqual({ finishings: [20, 74] });
    expect(readBy(finisher, attribute("finishings-col", col("fold-z"))).unsupported).toHaveLength(
      1,
    );
  });

  it("gives back what no device of the queue can do", () => {
    const asked = [
      attribute("finishings", enumeration(5)),
      attribute("media", keyword("na_letter_8.5x11in")),
      attribute("output-bin", keyword("face-down")),
      attribute("print-quality", enumeration(3)),
      attribute("orientation-requested", enumeration(5)),
      attribute("print-scaling", keyword("fill")),
      attribute("sides", keyword("two-sided-long-edge")),
    ];
    const { ticket, unsupported } = readBy(finisher, ...asked);
    expect(ticket).toEqual(plainTicket);
    expect(unsupported).toEqual(asked);
  });
});
