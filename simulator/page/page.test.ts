import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { greyPage, pdfOf, redPage } from "../render/test-pdf.ts";
import { createTestClient, until } from "../server/test-client.ts";
import { type Simulator, startSimulator } from "../start-simulator.ts";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const chromium = existsSync(process.env.GUICHET_CHROMIUM ?? "/usr/bin/chromium");

let simulator: Simulator;
let browser: TestBrowser | undefined;

beforeAll(async () => {
  simulator = await startSimulator({ host: "127.0.0.1", port: 0, pagesPerMinute: 0 });
  if (chromium) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await simulator.close();
});

async function openPage(): Promise<Page> {
  if (browser === undefined) throw new Error("There is no browser.");
  const page = await browser.context.newPage();
  await page.goto(simulator.url);
  return page;
}

test.runIf(chromium)("paper appears as it is printed, and goes when it is taken", async () => {
  const page = await openPage();
  await page.getByText("No paper yet").waitFor();
  const client = createTestClient(simulator.url);
  await client.print(pdfOf([greyPage, redPage]));
  await page.getByText("Page 2 of 2").waitFor();
  await page.getByText("000002").waitFor();
  await page.getByRole("button", { name: "Take the paper" }).click();
  await page.getByText("No paper yet").waitFor();
  await page.getByText("1 colour, 1 grey, on 2 sheets").waitFor();
  expect(simulator.paper()).toEqual([]);
});

test.runIf(chromium)("a fault is set with its settings, shows, and is mended", async () => {
  const page = await openPage();
  const fault = page.getByRole("listitem").filter({ hasText: "Door open" });
  await fault.getByRole("switch", { name: "Door open" }).click();
  await page.getByText("The front door is open. Shut it.").waitFor();
  expect(simulator.state().faults["door-open"]).toEqual({});
  await fault.getByRole("spinbutton").fill("7");
  await fault.getByRole("spinbutton").blur();
  await until(() => simulator.state().faults["door-open"]?.page === 7);
  await fault.getByRole("spinbutton").fill("0");
  await fault.getByRole("spinbutton").blur();
  await page.getByText("page must be >= 1").waitFor();
  await page.getByRole("button", { name: "Mend all" }).click();
  await until(() => Object.keys(simulator.state().faults).length === 0);
  await fault.getByRole("switch", { checked: false }).waitFor();
});

test.runIf(chromium)(
  "the page without power still has its switches, and axe finds nothing",
  async () => {
    const page = await openPage();
    simulator.setFault("power-cut");
    await page.getByText("The device is dark.").waitFor();
    await page.evaluate(await readFile(axe, "utf8"));
    const violations = await page.evaluate("axe.run().then(({ violations }) => violations)");
    expect(violations).toEqual([]);
    await page.getByRole("switch", { name: "Power cut" }).click();
    await page.getByText("Ready to print.").waitFor();
  },
);
