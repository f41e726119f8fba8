import { mkdtemp, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { en } from "../text/en.ts";
import { fr } from "../text/fr.ts";
import { builtPage } from "./built-page.ts";
import { pageForOldPanel, takeNewerAway } from "./old-panel.ts";
import { inLanguage, scenes } from "./scenes.ts";
import { type ScriptedBridge, scriptedBridge } from "./scripted-bridge.ts";
import { documents, withSession } from "./views.ts";

/*
 * Every screen in both languages at both sizes: drawn by a real browser, looked at by axe and by a
 * ruler, and left as pictures for people to look at.
 */

const moment = new Date("2026-11-21T14:05:10.000Z");
const texts: ReadonlyMap<string, unknown> = new Map(Object.entries({ en, fr }));
let page: Awaited<ReturnType<typeof builtPage>>;
let old: Awaited<ReturnType<typeof pageForOldPanel>>;
let pictures: string;
let axe: string;

beforeAll(async () => {
  page = await builtPage();
  old = await pageForOldPanel(page.folder);
  pictures = await mkdtemp(join(tmpdir(), "guichet-pictures-"));
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  console.log(`Pictures of every screen: ${pictures}`);
});
afterAll(async () => {
  await old.remove();
  await page.remove();
});

/** What axe looks for hangs on the elements and their colours, hardly on the size of the panel. */
const axeLooks = new Set(["800 en today", "1024 fr today", "480 fr today"]);

type Panel = { width: number; height: number; language: string; kind: "today" | "old" };

/** The usual sizes, each in a language that the neighbouring one has not. */
const usual: Panel[] = [
  { width: 800, height: 480, language: "en", kind: "today" },
  { width: 1024, height: 600, language: "fr", kind: "today" },
  { width: 800, height: 480, language: "fr", kind: "old" },
];
/** With `GUICHET_SOAK=1` every size in both languages. */
const others: Panel[] = [
  { width: 480, height: 800, language: "fr", kind: "today" },
  { width: 800, height: 480, language: "fr", kind: "today" },
  { width: 1920, height: 1080, language: "en", kind: "today" },
  { width: 1024, height: 600, language: "en", kind: "today" },
  { width: 600, height: 1024, language: "fr", kind: "today" },
  { width: 480, height: 800, language: "en", kind: "today" },
  { width: 1920, height: 1080, language: "fr", kind: "today" },
  { width: 600, height: 1024, language: "en", kind: "old" },
];
const panels = process.env.GUICHET_SOAK === "1" ? [...usual, ...others] : usual;

describe.each(panels)("on a $width × $height panel of $kind, in $language", (panel) => {
  const { width, height, language, kind } = panel;
  let browser: TestBrowser;
  let bridge: ScriptedBridge;
  let tab: Page;

  beforeAll(async () => {
    browser = await launchBrowser({ width, height });
    bridge = await scriptedBridge(kind === "old" ? old.folder : page.folder);
    tab = await browser.context.newPage();
    if (kind === "old") await tab.addInitScript(takeNewerAway);
    await tab.emulateMedia({ reducedMotion: "reduce" });
    await tab.clock.install({ time: moment });
  });
  afterAll(async () => {
    await browser.close();
    await bridge.close();
  });

  it.each(scenes)("$name can be read, reached and touched by everyone", async (scene) => {
    bridge.show(inLanguage(scene.view, language));
    await tab.goto(bridge.url);
    await tab.getByRole("heading", { level: 1 }).waitFor();
    // What is fetched behind the first screen need not be waited for in real time.
    await tab.clock.runFor(400);
    if (scene.view.session !== null) await tab.locator(".desk, .ring").first().waitFor();
    if (scene.view.refusal !== null) await tab.locator("main [role=alert]").waitFor();
    if (scene.view.signIn != null) await tab.locator(".sign-in, .buttons").first().waitFor();
    await scene.go?.(tab, (key) => textAt(language, key));
    await tab.evaluate(() => document.fonts.ready.then(() => undefined));

    await tab.screenshot({
      path: join(pictures, `${scene.name}-${width}-${language}-${kind}.png`),
    });
    expect(await cutOff(tab)).toEqual([]);
    expect(await smallTargets(tab)).toEqual([]);
    if (axeLooks.has(`${width} ${language} ${kind}`))
      expect(await violations(tab, axe)).toEqual([]);
    expect(await tab.evaluate(() => document.documentElement.lang)).toBe(language);
  });
});

describe.each([
  { width: 800, height: 480, language: "en" },
  { width: 800, height: 480, language: "fr" },
  { width: 1024, height: 600, language: "en" },
  { width: 1024, height: 600, language: "fr" },
])("the screen that has lost its bridge, on $width × $height in $language", (panel) => {
  const { width, height, language } = panel;

  it("says so, can be read by everyone, and shows nothing of the person", async () => {
    const browser = await launchBrowser({ width, height, locale: language });
    const bridge = await scriptedBridge(page.folder);
    try {
      const tab = await browser.context.newPage();
      // Time stands, so that looking closely takes none of the moments for which this screen is there.
      await tab.clock.install({ time: moment.getTime() - 3_600_000 });
      await tab.clock.pauseAt(moment);
      bridge.show(inLanguage(withSession(), language));
      await tab.goto(bridge.url);
      const list = tab.getByRole("heading", { name: textAt(language, "yourDocuments") });
      await inSteps(tab, 20, list.waitFor());
      bridge.unplug();
      await tab.getByText(textAt(language, "reconnecting")).waitFor();
      await look(tab, `reconnecting-${width}-${language}`);
      expect(await coveredBy(tab, ".reconnecting")).toEqual([]);
      await tab.clock.runFor(3_100);
      const title = textAt(language, "outOfService.title");
      await tab.getByRole("heading", { name: title }).waitFor();
      expect(await tab.textContent("body")).not.toContain(documents[0]?.title);
      await look(tab, `out-of-service-${width}-${language}`);
    } finally {
      await browser.close();
      await bridge.close();
    }

    async function look(tab: Page, name: string) {
      await tab.evaluate(() => document.fonts.ready.then(() => undefined));
      await tab.screenshot({ path: join(pictures, `${name}.png`) });
      expect(await cutOff(tab)).toEqual([]);
      expect(await smallTargets(tab)).toEqual([]);
      expect(await inSteps(tab, 1, violations(tab, axe))).toEqual([]);
      expect(await tab.evaluate(() => document.documentElement.lang)).toBe(language);
    }
  });
});

/** Lets the page's time pass in steps of `ms` until the work in it is done. */
async function inSteps<T>(tab: Page, ms: number, work: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  while (!isDone) await tab.clock.runFor(ms);
  return work;
}

function fail(why: string): never {
  throw new Error(why);
}

function textAt(language: string, key: string): string {
  let value = texts.get(language);
  for (const step of key.split("."))
    value = new Map<string, unknown>(Object.entries(value ?? {})).get(step);
  return typeof value === "string" ? value : fail(`There is no text ${key} in ${language}.`);
}

/** What axe finds against WCAG 2.2 A, AA and AAA contrast, and its own good practice. */
async function violations(tab: Page, source: string): Promise<string[]> {
  await tab.evaluate(source);
  return tab.evaluate(async () => {
    const run: unknown = Reflect.get(globalThis, "axe");
    const { run: check } = run as typeof import("axe-core");
    const found = await check(document, {
      rules: { "color-contrast-enhanced": { enabled: true } },
      // Of the rest it would describe every element.
      resultTypes: ["violations"],
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
    );
  });
}

/** Text that is cut, wider than its box or off the panel. Titles may end in an ellipsis. */
function cutOff(tab: Page): Promise<string[]> {
  return tab.evaluate(() => {
    const mayEnd = ["row-title", "line-title", "person-name", "setting-title"];
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
    const cut: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
      cut.push(`the page is ${root.scrollWidth} × ${root.scrollHeight}`);
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (element.closest(".spoken, svg") !== null || element.innerText === "") continue;
      if (mayEnd.some((name) => element.classList.contains(name))) continue;
      const wide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      const high =
        element.scrollHeight > element.clientHeight + 1 &&
        element.clientHeight > 0 &&
        getComputedStyle(element).display !== "inline" &&
        getComputedStyle(element).overflowY !== "visible";
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const isInScroll = [...ancestors(element)].some(scrolls);
      const isOff =
        left < -1 ||
        right > innerWidth + 1 ||
        (!isInScroll && (top < -1 || bottom > innerHeight + 1));
      if (wide || (high && !scrolls(element)) || isOff)
        cut.push(`${element.className}: ${element.innerText.slice(0, 60)}`);
    }
    for (const list of document.querySelectorAll(".counter-words"))
      if (list.scrollHeight > list.clientHeight + 1) cut.push("the words need scrolling");
    return cut;

    function* ancestors(element: Element) {
      for (let one = element.parentElement; one !== null; one = one.parentElement) yield one;
    }
  });
}

/** Text that lies below what `selector` names. */
function coveredBy(tab: Page, selector: string): Promise<string[]> {
  return tab.evaluate((name) => {
    const cover = document.querySelector(name);
    const box = cover?.getBoundingClientRect() ?? new DOMRect();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const covered: string[] = [];
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      if (cover?.contains(text) === true) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const { left, right, top, bottom } of range.getClientRects())
        if (left < box.right && right > box.left && top < box.bottom && bottom > box.top)
          covered.push(text.textContent ?? "");
    }
    return covered;
  }, selector);
}

/** What can be touched and is smaller than 64 × 64 pixels. */
function smallTargets(tab: Page): Promise<string[]> {
  return tab.evaluate(() =>
    [...document.querySelectorAll("button, label")]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 63.5 || box.height < 63.5)
      .map(({ element, box }) => `${element.textContent} is ${box.width} × ${box.height}`),
  );
}
