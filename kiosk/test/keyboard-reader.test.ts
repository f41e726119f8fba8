import { expect, it } from "vitest";
import { bridge, onePage, tab } from "./one-page.ts";
import { terminal } from "./views.ts";

// A real browser's keys, at their places: what they mean there is the reader's affair, not the layout's.

onePage();

const badge = "Digit6 Digit6 KeyC KeyF Digit4 KeyD KeyC Digit2 Enter".split(" ");

async function press(keys: readonly string[]): Promise<void> {
  for (const key of keys) await tab.keyboard.press(key);
}

/** Presses the keys until the page listens to them: what of a card the bridge then hears of first. */
async function firstCardOf(keys: readonly string[]): Promise<string | undefined> {
  await expect
    .poll(
      async () => {
        await press(keys);
        return bridge.cards.length;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  return bridge.cards[0];
}

it("a badge at a reader that acts as a keyboard is told to the bridge, and touches nothing", async () => {
  // As patient as can be: this browser is told of each key from another process.
  bridge.show(terminal({ keyboardReader: { gapMs: 1_000 } }));
  const fetched = tab.waitForResponse(/keyboard-reader/);
  await tab.goto(bridge.url);
  await fetched;
  await tab.getByRole("heading", { name: "Tap your badge" }).waitFor();
  await tab.getByRole("button").first().focus();
  expect(await firstCardOf(badge)).toBe("66cf4dc2");
  expect(bridge.intents).toEqual([]);
});

it("a terminal without such a reader tells of no keys", async () => {
  bridge.cards.length = 0;
  bridge.show(terminal());
  await tab.reload();
  await tab.getByRole("heading", { name: "Tap your badge" }).waitFor();
  await press(badge);
  // Once there is one, another badge is the first that the bridge hears of.
  const other = "Digit9 Digit4 Digit6 KeyE KeyB KeyD Digit2 Digit8 Enter".split(" ");
  bridge.show(terminal({ keyboardReader: { gapMs: 1_000 } }));
  expect(await firstCardOf(other)).toBe("946ebd28");
});
