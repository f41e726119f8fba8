import type { Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { builtPage } from "./built-page.ts";
import { type ScriptedBridge, scriptedBridge } from "./scripted-bridge.ts";

let built: Awaited<ReturnType<typeof builtPage>>;
let browser: TestBrowser;
export let bridge: ScriptedBridge;
export let tab: Page;

/** Gives all tests of the file the same page on a small panel: each goes on where the one before ended. */
export function onePage(): void {
  beforeAll(async () => {
    built = await builtPage();
    browser = await launchBrowser({ width: 800, height: 480 });
    bridge = await scriptedBridge(built.folder);
    tab = await browser.context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await bridge.close();
    await built.remove();
  });
}
