import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { Intent } from "../../protocol/kiosk.ts";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { builtPage } from "./built-page.ts";
import { type ScriptedBridge, scriptedBridge } from "./scripted-bridge.ts";
import { terminal, withSession } from "./views.ts";
import { inWords } from "./walked.ts";

/** Every step that the page's machines took, in words. */
export const walked = new Set<string>();
let built: Awaited<ReturnType<typeof builtPage>>;
let browser: TestBrowser;
export let bridge: ScriptedBridge;
export let tab: Page;

/** Gives each test of the file a page of its own, whose machines tell every step that they take. */
export function walkInBrowser(): void {
  beforeAll(async () => {
    built = await builtPage();
    browser = await launchBrowser({ width: 1024, height: 600 });
    await browser.context.exposeFunction("walk", (step: string) => walked.add(step));
    await browser.context.addInitScript(`
      const inWords = ${inWords.toString()};
      globalThis.guichetInspect = (event) => {
        if (event.type === "@xstate.microstep")
          for (const transition of event._transitions) walk(inWords(transition));
      };`);
  });
  afterAll(async () => {
    await browser.close();
    await built.remove();
  });

  beforeEach(async () => {
    bridge = await scriptedBridge(built.folder);
    tab = await browser.context.newPage();
    await tab.emulateMedia({ reducedMotion: "reduce" });
    await tab.clock.install({ time: new Date("2026-11-21T14:05:10.000Z") });
  });
  afterEach(async () => {
    await tab.evaluate(() => undefined);
    await tab.close();
    await bridge.close();
  });
}

export const heading = (name: string) => tab.getByRole("heading", { name, exact: true }).waitFor();
export const button = (name: string) => tab.getByRole("button", { name, exact: true });
export const alert = (words: string) => tab.getByRole("alert").getByText(words).waitFor();
export const box = (name: string) => tab.getByRole("checkbox", { name, exact: true });
export const answer = async (result: "accepted" | "not-possible" | "unreachable") => {
  const said = await bridge.nextIntent();
  bridge.say({ type: "answer", id: said.id, result });
  return said.intent;
};

/** The next intent of a kind, with its id; others before it are passed over. */
export const said = async (kind: Intent["kind"]) => {
  for (;;) {
    const next = await bridge.nextIntent();
    if (next.intent.kind === kind) return next;
  }
};

export async function idle() {
  bridge.show(terminal());
  await tab.goto(bridge.url);
  await heading("Tap your badge");
  // What is fetched behind the first screen is there long before anybody taps.
  await tab.clock.runFor(400);
}

export async function documents() {
  await idle();
  bridge.show(withSession());
  await heading("Your documents");
}
