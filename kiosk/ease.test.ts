import { describe, expect, it } from "vitest";
import type { DeviceView } from "../protocol/kiosk.ts";
import { masked } from "./mask.ts";
import { asSet, settableHere } from "./print-settings.ts";
import { hereOf } from "./session-view.ts";
import { copier, counted, document, upstairs } from "./test/views.ts";

const device: DeviceView = {
  ...copier,
  prices: { grey: 500, colour: 2000, twoSidedSheetDiscount: 100 },
  settable: ["copies", "sides", "colourMode"],
};
const letter = {
  ...document("a1"),
  counted: counted({
    pages: 4,
    colourPages: 1,
    price: 3500,
    ofOneCopy: { impressions: 4, inColour: 1 },
    settable: ["copies", "sides", "colourMode"],
  }),
};

describe("a document as it is set", () => {
  it("costs what the bridge will reserve for it", () => {
    expect(asSet(letter, undefined, device).counted.price).toBe(3500);
    expect(asSet(letter, { colourMode: "grey" }, device).counted.price).toBe(2000);
    const whole = { copies: 3, sides: "two-sided-long-edge", colourMode: "grey" } as const;
    expect(asSet(letter, whole, device).counted).toMatchObject({
      ...whole,
      impressions: 12,
      sheets: 6,
      price: 3 * (4 * 500 - 2 * 100),
    });
  });

  it("is grey, and costs what grey costs, at a device without colour", () => {
    const grey: DeviceView = { ...device, greyOnly: true, settable: ["copies"] };
    expect(asSet(letter, undefined, grey).counted).toMatchObject({
      colourMode: "grey",
      price: 2000,
    });
    expect(hereOf(letter, grey, [grey, upstairs]).turnsGrey).toBe(true);
    expect(hereOf(letter, upstairs, [grey, upstairs]).turnsGrey).toBe(false);
  });

  it("that a device cannot print as it is says where it can be", () => {
    const stapled = { ...letter, cannotAt: [{ device: device.id, cannot: ["staple" as const] }] };
    const blocked: DeviceView = { ...upstairs, id: "third", state: "blocked" };
    expect(hereOf(stapled, device, [device, upstairs, blocked])).toEqual({
      cannot: ["staple"],
      elsewhere: [upstairs.name],
      turnsGrey: false,
    });
    expect(hereOf(stapled, upstairs, [device, upstairs]).cannot).toEqual([]);
  });

  it("is as the bridge told it where there is nothing to reckon with", () => {
    expect(asSet(letter, { copies: 3 }, upstairs)).toEqual(letter);
    const { ofOneCopy: _, ...before } = counted();
    const old = { ...letter, counted: before };
    expect(asSet(old, { copies: 3 }, device)).toEqual(old);
  });

  it("offers a choice only where there is one", () => {
    expect([...settableHere(letter, device)]).toEqual(["copies", "sides", "colourMode"]);
    expect(settableHere(letter, upstairs).size).toBe(0);
    const page = {
      ...letter,
      counted: { ...letter.counted, ofOneCopy: { impressions: 1, inColour: 0 } },
    };
    expect([...settableHere(page, device)]).toEqual(["copies"]);
  });
});

describe("a masked name", () => {
  it("is its first letters, whole ones, and never more than four", () => {
    expect(masked("Alice Example")).toBe("A… E…");
    expect(masked("  Élan 😀smile (draft) v2 final.pdf ")).toBe("É… 😀… (… v…");
    expect(masked("")).toBe("");
  });
});
