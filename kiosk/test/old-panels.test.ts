import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { builtPage } from "./built-page.ts";
import { newerStyle } from "./newer-style.ts";
import { newerSyntax } from "./newer-syntax.ts";
import { pageForOldPanel, takeNewerAway } from "./old-panel.ts";
import { type ScriptedBridge, scriptedBridge } from "./scripted-bridge.ts";
import { ended, id, release, terminal, withSession } from "./views.ts";

/*
 * The build for Chromium 61: read for what that does not know, and walked in today's browser with all
 * that came later taken away.
 */

let built: Awaited<ReturnType<typeof builtPage>>;
let old: Awaited<ReturnType<typeof pageForOldPanel>>;

beforeAll(async () => {
  built = await builtPage();
  old = await pageForOldPanel(built.folder);
});
afterAll(async () => {
  await old.remove();
  await built.remove();
});

async function asset(name: RegExp): Promise<string> {
  const assets = join(built.folder, "assets");
  const file = (await readdir(assets)).find((one) => name.test(one));
  if (file === undefined) throw new Error(`The build has no ${String(name)}.`);
  return await readFile(join(assets, file), "utf8");
}

describe("what an old panel is given", () => {
  it("is script in the language of 2017", async () => {
    // Asked for by `typeof` before it is touched, by the library of the machines.
    const globals = /typeof globalThis/.test(await asset(/^old-.*\.js$/))
      ? ["globalThis (71)"]
      : [];
    expect(newerSyntax(await asset(/^old-.*\.js$/))).toEqual(globals);
    expect(newerSyntax(await asset(/^first-.*\.js$/))).toEqual([]);
  });

  it("is a style without a property, function or selector that came later", async () => {
    expect(newerStyle(await asset(/^old-.*\.css$/))).toEqual([]);
  });

  it("would be noticed if it were not: the build of today is full of both", async () => {
    expect(newerSyntax(await asset(/^index-.*\.js$/))).toEqual(
      expect.arrayContaining(["?. (80)", "?? (80)", "import() (63)"]),
    );
    expect(newerStyle(await asset(/^index-.*\.css$/))).toEqual(
      expect.arrayContaining([":focus-visible", "gap", "inset", "padding-block"]),
    );
  });
});

describe("a panel with Chromium 61", () => {
  let browser: TestBrowser;
  let bridge: ScriptedBridge;
  let tab: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser({ width: 800, height: 480 });
    bridge = await scriptedBridge(old.folder);
    tab = await browser.context.newPage();
    await tab.addInitScript(takeNewerAway);
    tab.on("pageerror", (error) => errors.push(error.message));
    bridge.show(terminal());
    await tab.goto(bridge.url);
  });
  afterAll(async () => {
    await browser.close();
    await bridge.close();
  });

  const heading = (name: string) => tab.getByRole("heading", { name, exact: true }).waitFor();
  const button = (name: string) => tab.getByRole("button", { name, exact: true });

  it("starts, after the build of today could not be read", async () => {
    await heading("Tap your badge");
    expect(errors).toEqual([expect.stringMatching(/Unexpected token/)]);
  });

  it("walks the whole road: documents, settings, printing, outcome, log-out", async () => {
    bridge.show(withSession());
    await heading("Your documents");
    await button("Settings for Thesis, chapter 3 with figures.pdf").click();
    await heading("How to print it");
    await button("One copy more").click();
    await button("Print").getByText("€6.24").waitFor();
    await button("Print").click();
    const { intent, id: press } = await bridge.nextIntent();
    expect(intent).toMatchObject({ kind: "print", settings: [{ settings: { copies: 2 } }] });
    bridge.say({ type: "answer", id: press, result: "accepted" });
    bridge.show(withSession({ releases: [release("a3", { impressions: 5, wanted: 92 })] }));
    await tab.getByRole("status").getByText("5 of 92 pages").waitFor();
    const printed = ended("a3", { kind: "printed", impressions: 92, charged: 62_400 });
    bridge.show(withSession({ releases: [printed] }));
    await heading("Your document is printed");
    await button("Back to my documents").click();
    await button("Français").click();
    await heading("Vos documents");
    await button("Se déconnecter").click();
    bridge.show(terminal());
    await heading("Tap your badge");
    expect(errors).toHaveLength(1);
  });

  it("lets people type who they are", async () => {
    const signIn = {
      signInId: id("5a"),
      step: "password" as const,
      checking: false,
      problem: null,
      waitMs: 0,
      linkBy: [],
    };
    bridge.show(terminal({ signInWays: ["card", "name-password"], signIn }));
    await tab.getByRole("textbox").first().waitFor();
    expect(errors).toHaveLength(1);
  });
});

it("a browser of today loads nothing of the other build", async () => {
  const browser = await launchBrowser();
  const bridge = await scriptedBridge(built.folder);
  try {
    const tab = await browser.context.newPage();
    const loaded: string[] = [];
    tab.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    bridge.show(withSession());
    await tab.goto(bridge.url);
    await tab.getByRole("heading", { name: "Your documents" }).waitFor();
    expect(loaded.filter((path) => path.startsWith("/assets/old"))).toEqual([]);
    expect(loaded.filter((path) => path.startsWith("/assets/first"))).toHaveLength(1);
  } finally {
    await browser.close();
    await bridge.close();
  }
});
