import { describe, expect, it } from "vitest";
import { attribute, group, integer, keyword, range } from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { groupTag } from "../../ipp/tags.ts";
import { noSite } from "../site/site-store.ts";
import { abilitiesOf } from "./queue-abilities.ts";
import { readTicket } from "./read-ticket.ts";
import { colourModeOf } from "./ticket.ts";

const abilities = { "find-me": { pageRanges: true, numberUps: [1, 2, 4, 3] } };
const able = abilitiesOf({ ...noSite, abilities }, "find-me");
const unable = abilitiesOf(noSite, "find-me");
const read = (attribute: IppAttribute, by = able) =>
  readTicket(group(groupTag.job, [attribute]), by);

describe("which pages a ticket asks for", () => {
  it("are taken where a device can choose them", () => {
    const asked = attribute("page-ranges", range(2, 3), range(4, 4), range(9, 2_147_483_647));
    expect(read(asked).ticket.pageRanges).toEqual([
      [2, 3],
      [4, 4],
      [9, 2_147_483_647],
    ]);
    expect(read(asked).unsupported).toEqual([]);
    expect(read(asked, unable)).toMatchObject({ unsupported: [asked] });
  });

  it.each([
    ["overlap", [range(1, 3), range(3, 5)]],
    ["go back", [range(4, 5), range(1, 2)]],
    ["begin at nought", [range(0, 2)]],
    ["end before they begin", [range(5, 2)]],
    ["are too many", Array.from({ length: 101 }, (_, n) => range(2 * n + 1, 2 * n + 1))],
  ])("come back when they %s", (_what, values) => {
    const asked = attribute("page-ranges", ...values);
    expect(read(asked)).toMatchObject({ unsupported: [asked] });
    expect(read(asked).ticket.pageRanges).toBeUndefined();
  });

  it("share a side by a number that a device and everybody knows", () => {
    expect(read(attribute("number-up", integer(4))).ticket.numberUp).toBe(4);
    expect(read(attribute("number-up", integer(1)), unable).unsupported).toEqual([]);
    for (const number of [0, 3, 9, 5]) {
      const asked = attribute("number-up", integer(number));
      expect(read(asked).unsupported).toEqual([asked]);
    }
  });
});

describe("the colour that a ticket asks for", () => {
  it.each([
    ["auto", "colour"],
    ["color", "colour"],
    ["monochrome", "grey"],
    ["process-monochrome", "grey"],
  ])("is with %s %s", (mode, colour) => {
    const { ticket, unsupported } = read(attribute("print-color-mode", keyword(mode)));
    expect([colourModeOf(ticket), unsupported]).toEqual([colour, []]);
  });

  it("comes back where no device could be held to it", () => {
    for (const mode of ["highlight", "bi-level", "process-bi-level", "auto-monochrome"])
      expect(read(attribute("print-color-mode", keyword(mode))).unsupported).toHaveLength(1);
  });
});
