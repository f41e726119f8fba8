import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "../../test/browser.ts";
import { kioskMachine } from "../kiosk.machine.ts";
import { sessionMachine } from "../session.machine.ts";
import { builtPage } from "./built-page.ts";
import { type ScriptedBridge, scriptedBridge } from "./scripted-bridge.ts";
import { copier, document, ended, id, release, terminal, upstairs, withSession } from "./views.ts";
import { inWords, transitionsOf } from "./walked.ts";

/*
 * Walks every transition of the machines in a real browser, as a person and a bridge would cause it.
 * The page reports each step that its machines take; the last test holds that against all there are.
 */

const walked = new Set<string>();
let built: Awaited<ReturnType<typeof builtPage>>;
let browser: TestBrowser;
let bridge: ScriptedBridge;
let tab: Page;

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

const heading = (name: string) => tab.getByRole("heading", { name, exact: true }).waitFor();
const button = (name: string) => tab.getByRole("button", { name, exact: true });
const alert = (words: string) => tab.getByRole("alert").getByText(words).waitFor();
const box = (name: string) => tab.getByRole("checkbox", { name, exact: true });
const answer = async (result: "accepted" | "not-possible" | "unreachable") => {
  const said = await bridge.nextIntent();
  bridge.say({ type: "answer", id: said.id, result });
  return said.intent;
};

async function idle() {
  bridge.show(terminal());
  await tab.goto(bridge.url);
  await heading("Tap your badge");
}

async function documents() {
  await idle();
  bridge.show(withSession());
  await heading("Your documents");
}

describe("the link to the bridge", () => {
  it("starts, is lost and comes back without a word while it is quick", async () => {
    await idle();
    bridge.unplug();
    await tab.getByText("Connecting again").waitFor();
    bridge.plug();
    await tab.clock.runFor(1_000);
    await tab.getByText("Connecting again").waitFor({ state: "detached" });
    await heading("Tap your badge");
  });

  it("says that the terminal is out of service when it stays away, and returns by itself", async () => {
    await idle();
    bridge.unplug();
    await tab.getByText("Connecting again").waitFor();
    await tab.clock.runFor(3_000);
    await heading("Out of service for a moment");
    bridge.plug();
    await tab.clock.runFor(10_000);
    await heading("Tap your badge");
  });

  it("says so too when it never came up", async () => {
    bridge.unplug();
    bridge.show(terminal());
    await tab.goto(bridge.url);
    await tab.clock.runFor(3_000);
    await heading("Out of service for a moment");
    bridge.plug();
    await tab.clock.runFor(10_000);
    await heading("Tap your badge");
  });

  it("is made anew when the browser cannot make a socket", async () => {
    await tab.addInitScript(() => {
      const Real = WebSocket;
      let isFirst = true;
      globalThis.WebSocket = class extends Real {
        constructor(address: string | URL) {
          if (isFirst) {
            isFirst = false;
            throw new Error("No sockets are left.");
          }
          super(address);
        }
      };
    });
    bridge.show(terminal());
    await tab.goto(bridge.url);
    await heading("Out of service for a moment");
    await tab.clock.runFor(2_000);
    await heading("Tap your badge");
  });

  it("says a press again until the bridge answers", async () => {
    await documents();
    await button("Log out").click();
    const first = await bridge.nextIntent();
    await tab.clock.runFor(6_000);
    expect(await bridge.nextIntent()).toEqual(first);
  });

  it("loads the page anew when the bridge is of another build", async () => {
    await idle();
    const loaded = tab.waitForEvent("load");
    bridge.say({ type: "reload" });
    await loaded;
    await heading("Tap your badge");
    expect(bridge.hellos).toBe(2);
  });
});

describe("the screen between two people", () => {
  it("follows a badge that is looked up and not known, and the next one that is", async () => {
    await idle();
    bridge.show(terminal({ identifying: true }));
    await heading("One moment");
    bridge.show(terminal());
    await heading("Tap your badge");
    bridge.show(terminal({ refusal: "unknown-card" }));
    await heading("This badge is not known here");
    bridge.show(terminal());
    await heading("Tap your badge");
    bridge.show(terminal({ refusal: "disabled" }));
    await heading("Your account is switched off");
    bridge.show(terminal({ identifying: true }));
    await heading("One moment");
    bridge.show(withSession());
    await heading("Your documents");
    bridge.show(terminal());
    await heading("Tap your badge");
  });

  it("opens a session from wherever it stands", async () => {
    bridge.show(withSession());
    await tab.goto(bridge.url);
    await heading("Your documents");
    bridge.show(terminal({ refusal: "try-again" }));
    await heading("The badge was not read well");
    bridge.show(withSession());
    await heading("Your documents");
  });

  it("gives the next person a clean screen", async () => {
    await documents();
    await box("Boarding pass.pdf").check();
    bridge.show(withSession({ sessionId: id("52"), displayName: "Bob Example" }));
    await tab.getByText("Bob Example").waitFor();
    expect(await box("Boarding pass.pdf").isChecked()).toBe(false);
  });

  it("speaks the language that was touched, and forgets it after a minute", async () => {
    await idle();
    await button("Français").click();
    await heading("Présentez votre badge");
    await tab.clock.runFor(60_000);
    await tab.clock.runFor(10_000);
    await heading("Tap your badge");
  });

  it("asks for another language within a session", async () => {
    await documents();
    await button("Français").click();
    await heading("Vos documents");
    expect(await answer("accepted")).toEqual({
      kind: "language",
      sessionId: id("51"),
      language: "fr",
    });
  });

  it("shows the session anew when its machine has failed", async () => {
    await documents();
    await tab.evaluate(() => {
      const real = crypto.getRandomValues.bind(crypto);
      crypto.getRandomValues = () => {
        crypto.getRandomValues = real;
        throw new Error("No randomness is left.");
      };
    });
    await button("Print all").click();
    await heading("Starting");
    await tab.clock.runFor(2_000);
    await heading("Your documents");
    await button("Print all").click();
    expect(await answer("accepted")).toMatchObject({ kind: "print" });
  });
});

describe("the documents", () => {
  it("are chosen one by one, all, and none", async () => {
    await documents();
    await box("Boarding pass.pdf").check();
    await box("Select all").check();
    expect(await tab.getByRole("checkbox", { checked: true }).count()).toBe(5);
    await box("Select all").uncheck();
    expect(await tab.getByRole("checkbox", { checked: true }).count()).toBe(0);
  });

  it("are printed at the device that was chosen", async () => {
    await idle();
    bridge.show(withSession({}, { devices: [copier, upstairs] }));
    await tab.getByRole("radio", { name: "Reading room printer" }).check();
    await box("Boarding pass.pdf").check();
    await button("Print").click();
    expect(await answer("accepted")).toEqual({
      kind: "print",
      sessionId: id("51"),
      jobIds: [id("a4")],
      device: "upstairs",
    });
  });

  it("are deleted once that was confirmed", async () => {
    await documents();
    await box("Boarding pass.pdf").check();
    await button("Delete").click();
    await heading("Delete this document?");
    await button("No, keep").click();
    await heading("Your documents");
    await button("Delete").click();
    await button("Yes, delete").click();
    await heading("Deleting");
    expect(await answer("accepted")).toEqual({
      kind: "delete",
      sessionId: id("51"),
      jobIds: [id("a4")],
    });
    await heading("Your documents");
  });

  it("are not asked about when they have gone meanwhile", async () => {
    await documents();
    await box("Boarding pass.pdf").check();
    await button("Delete").click();
    await heading("Delete this document?");
    bridge.show(withSession({ documents: [document("b7")] }));
    await heading("Your documents");
  });

  it("stay when deleting is not possible, or nobody answers", async () => {
    await documents();
    await box("Boarding pass.pdf").check();
    await button("Delete").click();
    await button("Yes, delete").click();
    await answer("not-possible");
    await alert("That could not be done. The list shows how things are now.");
    await button("Delete").click();
    await button("Yes, delete").click();
    await heading("Deleting");
    await tab.clock.runFor(15_000);
    await tab.clock.runFor(10_000);
    await alert("That took too long. Look at the list before you try again.");
  });
});

describe("printing", () => {
  it("goes from the press over the pages to what was charged, and back to the list", async () => {
    await documents();
    await button("Print all").click();
    await heading("Printing");
    await answer("accepted");
    bridge.show(withSession({ releases: [release("a1", { impressions: 5 })] }));
    await tab.getByRole("status").getByText("5 of 12 pages").waitFor();
    const printed = ended("a1", { kind: "printed", impressions: 12, charged: 5400 });
    bridge.show(withSession({ releases: [printed] }));
    await heading("Your document is printed");
    bridge.show(withSession({ releases: [printed, release("a4", { wanted: 1 })] }));
    await heading("Printing");
    bridge.show(withSession({ releases: [printed] }));
    await heading("Your document is printed");
    await button("Back to my documents").click();
    await heading("Your documents");
  });

  it("shows what is printing already, and what ended, to whoever comes back to the page", async () => {
    await idle();
    bridge.show(withSession({ releases: [release("a1")] }));
    await heading("Printing");
    bridge.show(terminal());
    await heading("Tap your badge");
    const refused = ended("a1", { kind: "not-printed", reason: "device-refused" });
    bridge.show(withSession({ releases: [refused] }));
    await heading("Your document was not printed");
  });

  it("says at once when it ended before it began", async () => {
    await documents();
    await button("Print all").click();
    const poor = ended("a1", { kind: "not-printed", reason: "not-enough-credit" });
    bridge.show(withSession({ releases: [poor] }));
    await tab.getByText("Not enough credit. It stays in your list.").waitFor();
  });

  it("returns to the list when the server does not answer, or nobody does", async () => {
    await documents();
    await button("Print all").click();
    await answer("unreachable");
    await alert("The print server did not answer. Please try again in a moment.");
    await button("Print all").click();
    await heading("Printing");
    await tab.clock.runFor(15_000);
    await tab.clock.runFor(10_000);
    await alert("That took too long. Look at the list before you try again.");
  });

  it("is stopped once for every release, however often Stop is pressed", async () => {
    await documents();
    bridge.show(withSession({ releases: [release("a1"), release("a4")] }));
    await button("Stop").click();
    expect(await answer("accepted")).toMatchObject({ kind: "cancel", releaseId: id("ea1") });
    expect(await answer("accepted")).toMatchObject({ kind: "cancel", releaseId: id("ea4") });
    await button("Stop").click({ force: true });
    await tab.getByText("Stopping. Pages that already came out are charged.").waitFor();
    expect(bridge.intents.filter((said) => said.intent.kind === "cancel")).toHaveLength(2);
  });
});

describe("logging out", () => {
  const printed = ended("a1", { kind: "printed", impressions: 12, charged: 5400 });
  it.each([
    ["the documents", withSession()],
    ["printing", withSession({ releases: [release("a1")] })],
    ["the outcome", withSession({ releases: [printed] })],
  ])("works from %s", async (_, view) => {
    await idle();
    bridge.show(view);
    await button("Log out").click();
    await heading("Goodbye");
    expect(await answer("accepted")).toEqual({ kind: "log-out", sessionId: id("51") });
    bridge.show(terminal());
    await heading("Tap your badge");
  });

  it("returns to the list when it is not possible, or nobody answers", async () => {
    await documents();
    await button("Log out").click();
    await answer("not-possible");
    await alert("That could not be done. The list shows how things are now.");
    await button("Log out").click();
    await heading("Goodbye");
    await tab.clock.runFor(15_000);
    await tab.clock.runFor(10_000);
    await alert("That took too long. Look at the list before you try again.");
  });
});

describe("being there", () => {
  it("is told to the bridge by touches, a few seconds apart", async () => {
    await documents();
    await tab.clock.runFor(5_000);
    await box("Boarding pass.pdf").check();
    expect(await answer("accepted")).toEqual({ kind: "stay", sessionId: id("51") });
    await box("Boarding pass.pdf").uncheck();
    expect(bridge.intents).toHaveLength(1);
  });

  it("is asked before the bridge logs the person out, and one press is enough", async () => {
    await documents();
    bridge.show(withSession({ warning: true, logOutInMs: 20_000 }));
    await heading("Are you still there?");
    await tab.getByRole("timer").getByText("You are logged out in 20 seconds.").waitFor();
    await button("Yes, go on").click();
    expect(await answer("accepted")).toEqual({ kind: "stay", sessionId: id("51") });
    bridge.show(withSession());
    await heading("Your documents");
  });

  it("is understood from a touch anywhere, for whoever misses the button", async () => {
    await documents();
    bridge.show(withSession({ warning: true, logOutInMs: 20_000 }));
    await tab.getByRole("timer").click();
    expect(await answer("accepted")).toEqual({ kind: "stay", sessionId: id("51") });
  });
});

it("every transition of the machines was walked", () => {
  const all = [...transitionsOf(kioskMachine), ...transitionsOf(sessionMachine)];
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter((step) => !walked.has(step))).toEqual([]);
});
