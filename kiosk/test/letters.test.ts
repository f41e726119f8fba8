import { expect, it } from "vitest";
import { bridge, onePage, tab } from "./one-page.ts";
import { terminal } from "./views.ts";

onePage();

/** The addresses of the parts of the typeface that the page has, without their hashes. */
const parts = () =>
  tab.evaluate(async () => {
    await document.fonts.ready;
    return performance
      .getEntriesByType("resource")
      .map(({ name }) => /-(latin[a-z-]*)-wght.*\.woff2$/.exec(name)?.[1])
      .filter((part) => part !== undefined);
  });
/** How many parts of the typeface each style of the page declares, in the order of the page. */
const declared = () =>
  tab.evaluate(() =>
    [...document.styleSheets].map(
      ({ cssRules }) => [...cssRules].filter((rule) => rule instanceof CSSFontFaceRule).length,
    ),
  );
const isDrawnIn = (letters: string) =>
  tab.evaluate((text) => document.fonts.check('16px "Atkinson Hyperlegible Next"', text), letters);

it("the first screen declares and needs one part of the typeface, and the other comes behind it", async () => {
  bridge.show(terminal());
  await tab.goto(bridge.url);
  await expect.poll(declared).toEqual([1, 1]);
  expect(await parts()).toEqual(["latin"]);
  expect(await isDrawnIn("Français")).toBe(true);
});

it("a name with letters from further away is drawn in the same typeface, soon", async () => {
  const { appearance } = terminal();
  bridge.show(terminal({ appearance: { ...appearance, name: "Tiskárna Žďár" } }));
  await tab.getByText("Tiskárna Žďár").waitFor();
  await tab.waitForFunction(() => document.fonts.check('16px "Atkinson Hyperlegible Next"', "Žďá"));
  expect(await parts()).toEqual(["latin", "latin-ext"]);
});
