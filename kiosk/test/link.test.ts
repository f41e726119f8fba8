import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { builtPage } from "./built-page.ts";
import { type ScriptedBridge, scriptedBridge } from "./scripted-bridge.ts";
import { ended, id, release, session, terminal, withSession } from "./views.ts";

/* What the screen does when the bridge, the network or the page itself misbehaves. */

let built: Awaited<ReturnType<typeof builtPage>>;
let browser: TestBrowser;
let bridge: ScriptedBridge;
let tab: Page;
let errors: string[];

beforeAll(async () => {
  built = await builtPage();
  browser = await launchBrowser({ width: 800, height: 480 });
});
afterAll(async () => {
  await browser.close();
  await built.remove();
});
beforeEach(async () => {
  bridge = await scriptedBridge(built.folder);
  tab = await browser.context.newPage();
  errors = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  await tab.clock.install({ time: new Date("2026-11-21T14:05:10.000Z") });
});
afterEach(async () => {
  await tab.close();
  await bridge.close();
});

const heading = (name: string) => tab.getByRole("heading", { name, exact: true }).waitFor();
const button = (name: string) => tab.getByRole("button", { name, exact: true });

async function documents() {
  bridge.show(withSession());
  await tab.goto(bridge.url);
  await heading("Your documents");
}

it("frames that are no messages change nothing, and the next good one is shown", async () => {
  await documents();
  const good = JSON.stringify({ type: "view", revision: 9, view: withSession() });
  const bad = [
    "",
    "{",
    "null",
    "[]",
    '"view"',
    "\u0000",
    good.slice(0, -20),
    good.replace('"documents":[', '"documents":[null,'),
    good.replace('"revision":9', '"revision":-9'),
    good.replace('"revision":9', '"revision":1e999'),
    good.replace('"balance":184500', '"balance":"184500"'),
    good.replace('"sessionId"', '"__proto__"'),
    '{"type":"view","revision":10,"view":{}}',
    '{"type":"answer","id":"nobody","result":"accepted"}',
    '{"type":"explode"}',
    "[".repeat(100_000),
    `{"type":"${"x".repeat(1_000_000)}"}`,
  ];
  for (const frame of bad) bridge.sayRaw(frame);
  bridge.sayRaw(new Uint8Array([0xff, 0xfe, 0x00, 0x80]));
  await heading("Your documents");
  bridge.show(withSession({ displayName: "Alice, still here" }));
  await tab.getByText("Alice, still here").waitFor();
  expect(errors).toEqual([]);
});

it("text that looks like markup is shown as it was written", async () => {
  bridge.show(withSession({ displayName: '<img src=x onerror="document.title=1">{n}' }));
  await tab.goto(bridge.url);
  await tab.getByText('<img src=x onerror="document.title=1">{n}').waitFor();
  expect(await tab.title()).toBe("Riverside Library");
});

it("a view that is older than the one shown is not shown", async () => {
  await documents();
  bridge.show(withSession({ displayName: "Newest" }));
  await tab.getByText("Newest").waitFor();
  bridge.say({ type: "view", revision: 1, view: withSession({ displayName: "Older" }) });
  bridge.show(withSession({ displayName: "Newer still" }));
  await tab.getByText("Newer still").waitFor();
  expect(await tab.getByText("Older").count()).toBe(0);
});

it("a bridge that was started anew is believed, although its revisions are lower", async () => {
  await documents();
  bridge.show(withSession({ displayName: "Second" }));
  await tab.getByText("Second").waitFor();
  bridge.restart();
  bridge.show(terminal());
  await tab.clock.runFor(1_000);
  await heading("Tap your badge");
});

it("a press that was in flight when the link was lost is said once more, with the same id", async () => {
  await documents();
  await tab.getByRole("checkbox", { name: "Boarding pass.pdf" }).check();
  await button("Print").click();
  const first = await bridge.nextIntent();
  bridge.unplug();
  await tab.getByText("Connecting again").waitFor();
  bridge.plug();
  await tab.clock.runFor(1_000);
  expect(await bridge.nextIntent()).toEqual(first);
  bridge.say({ type: "answer", id: first.id, result: "accepted" });
  bridge.show(withSession({ releases: [release("a4", { wanted: 1 })] }));
  await tab.getByRole("status").getByText("0 of 1 pages").waitFor();
  await tab.clock.runFor(7_000);
  expect(bridge.intents.filter((said) => said.intent.kind === "print")).toHaveLength(2);
});

it("a late answer to the person before is not shown to the next", async () => {
  await documents();
  await button("Print all").click();
  const press = await bridge.nextIntent();
  bridge.show(withSession({ sessionId: id("52"), displayName: "Bob Example" }));
  await tab.getByText("Bob Example").waitFor();
  bridge.say({ type: "answer", id: press.id, result: "unreachable" });
  bridge.show(withSession({ sessionId: id("52"), displayName: "Bob, a little later" }));
  await tab.getByText("Bob, a little later").waitFor();
  expect(await tab.getByRole("alert").count()).toBe(0);
});

it("an answer that nobody asked for is not shown", async () => {
  await documents();
  bridge.say({ type: "answer", id: id("99"), result: "not-possible" });
  bridge.show(withSession({ displayName: "Alice, a little later" }));
  await tab.getByText("Alice, a little later").waitFor();
  expect(await tab.getByRole("alert").count()).toBe(0);
});

it("a bridge that has gone deaf is noticed, and its person's documents are put away", async () => {
  await documents();
  bridge.freeze(true);
  await tab.clock.runFor(14_000);
  await heading("Out of service for a moment");
  expect(await tab.getByText("Boarding pass.pdf").count()).toBe(0);
  bridge.freeze(false);
  await tab.clock.runFor(10_000);
  await heading("Your documents");
});

it("a machine that fails is built anew, and what it was asked is not forgotten", async () => {
  await documents();
  await button("Print all").click();
  const press = await bridge.nextIntent();
  await failClock(tab, 1);
  bridge.show(withSession());
  await heading("Your documents");
  expect(await bridge.nextIntent()).toEqual(press);
});

it("a page that fails again and again is loaded again", async () => {
  await documents();
  const loaded = tab.waitForEvent("load");
  await failClock(tab, 100);
  bridge.show(withSession());
  await loaded;
  await heading("Your documents");
});

it("screens that cannot be fetched are asked for again, and then the page is loaded anew", async () => {
  let requests = 0;
  await tab.route("**/after-tap-*.js", (route) => {
    requests += 1;
    return requests < 4 ? route.fulfill({ status: 404 }) : route.continue();
  });
  bridge.show(withSession());
  await tab.goto(bridge.url);
  const again = tab.waitForEvent("load");
  await heading("One moment");
  await expect
    .poll(async () => {
      await tab.clock.runFor(1_000);
      return requests;
    })
    .toBeGreaterThan(2);
  await again;
  await heading("Your documents");
});

it("the page works at the root of a bridge with one terminal", async () => {
  bridge.show(terminal());
  await tab.goto(new URL("/", bridge.url).href);
  await heading("Tap your badge");
});

it("everything of a session can be done by keyboard alone", async () => {
  await documents();
  const focused = () =>
    tab.evaluate(() => document.activeElement?.textContent ?? document.activeElement?.tagName);
  expect(await focused()).toBe("Your documents");
  await tab.getByRole("checkbox", { name: "Select all" }).focus();
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Space");
  await tab.getByText("1 document, 12 pages, €0.54").waitFor();
  await button("Print").focus();
  await tab.keyboard.press("Enter");
  expect((await bridge.nextIntent()).intent).toMatchObject({ kind: "print", jobIds: [id("a1")] });
  const printed = ended("a1", { kind: "printed", impressions: 12, charged: 5400 });
  bridge.show(withSession({ releases: [printed] }));
  await heading("Your document is printed");
  expect(await focused()).toBe("Your document is printed");
  await button("Log out").focus();
  await tab.keyboard.press("Enter");
  await heading("Goodbye");
});

it("as many documents as a view can hold are all listed", async () => {
  bridge.show(terminal());
  await tab.goto(bridge.url);
  await heading("Tap your badge");
  const [one] = session().documents;
  if (one === undefined) throw new Error("There is no document to copy.");
  const many = Array.from({ length: 500 }, (_, n) => ({ ...one, jobId: id(`${n}`) }));
  bridge.show(withSession({ documents: many }));
  await heading("Your documents");
  expect(await tab.getByRole("list", { name: "Your documents" }).locator("li").count()).toBe(500);
});

/**
 * Makes the page's steady clock fail `times` times, at every second reading: a defect of the machine
 * that takes a view, while whoever counts the failures in between can still read it.
 */
function failClock(page: Page, times: number): Promise<void> {
  return page.evaluate((most) => {
    const real = performance.now.bind(performance);
    let readings = 0;
    performance.now = () => {
      readings += 1;
      if (readings % 2 === 1 && readings < 2 * most) throw new Error("The clock has stopped.");
      return real();
    };
  }, times);
}
