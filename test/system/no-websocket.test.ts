import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../browser.ts";
import { closing } from "./closing.ts";
import { paper, tapBadge } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";

const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const left = existsSync("/usr/bin/chromium") ? undefined : "Chromium is not there";
if (left !== undefined) console.log(`Left out: the kiosk without a WebSocket, since ${left}.`);

describe.runIf(left === undefined)("a panel whose browser has no WebSocket", () => {
  const open = closing();
  let site: TestSite;
  let browser: TestBrowser;
  beforeAll(async () => {
    site = open.add(await startSite());
    browser = open.add(await launchBrowser());
  });
  afterAll(() => open.all());

  test("shows the documents, prints them and logs out, over HTTP alone", async () => {
    await printDocument(site, { user: "alice", pdf: tryMe });
    const page = await browser.context.newPage();
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebSocket"));
    await page.goto(`http://127.0.0.1:${site.ports.bridge}/t/lobby`);
    await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
    await tapBadge(site.ports.reader, "66CF4DC2");
    await page.getByRole("button", { name: "Print all" }).click();
    await page
      .getByText(/2 pages|2 sides|Printed/)
      .first()
      .waitFor();
    await expect.poll(async () => (await paper(site)).length, { timeout: 20_000 }).toBe(2);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
  });
});
