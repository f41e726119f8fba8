import { beforeAll, expect, it } from "vitest";
import { bridge, onePage, tab } from "./one-page.ts";
import { documents, ended, id, release, terminal, withSession } from "./views.ts";

/*
 * The whole road with arrows, Enter and Escape alone, as a keypad without a Tab key has them: nothing
 * is touched, and wherever the focus is, it can be seen.
 */

const patienceMs = 20_000;

onePage();
beforeAll(async () => {
  await tab.emulateMedia({ reducedMotion: "reduce" });
  bridge.show(terminal());
  await tab.goto(bridge.url);
});

const heading = (name: string) => tab.getByRole("heading", { name, exact: true }).waitFor();

/** What has the focus, by its accessible name, and whether a ring is drawn around it. */
async function focused(): Promise<string> {
  const snapshot = await tab.evaluate(() => {
    const it = document.activeElement;
    // A heading has the focus when its screen appears; the keys themselves come a moment later.
    if (!(it instanceof HTMLElement) || it.tagName === "H1") return { name: "", ring: true };
    // An input that lies unseen over its drawing has its ring there.
    const drawn = it.matches("input.row-input, input.device-input")
      ? it.parentElement?.querySelector(".row-box, .device-name")
      : it;
    const ring = drawn != null && getComputedStyle(drawn).outlineStyle !== "none";
    const named = document.getElementById(it.getAttribute("aria-labelledby") ?? "");
    const label = it instanceof HTMLInputElement ? it.labels?.[0] : undefined;
    const name = it.getAttribute("aria-label") ?? (named ?? label ?? it).textContent;
    return { name, ring };
  });
  if (!snapshot.ring) throw new Error(`The focus on "${snapshot.name}" cannot be seen.`);
  return snapshot.name;
}

/** Presses an arrow until the focus is where the person wants it, which may be on its way yet. */
async function go(arrow: "ArrowDown" | "ArrowUp", to: string | RegExp): Promise<void> {
  const seen: string[] = [];
  const from = performance.now();
  while (performance.now() - from < patienceMs) {
    await tab.keyboard.press(arrow);
    const name = await focused();
    if (typeof to === "string" ? name === to : to.test(name)) return;
    seen.push(name);
  }
  throw new Error(`${arrow} never leads to ${String(to)}, but to ${seen.slice(-30).join(", ")}.`);
}

const press = (key: "Enter" | "Escape" | "ArrowLeft" | "ArrowRight") => tab.keyboard.press(key);

async function accept() {
  const { intent, id: press } = await bridge.nextIntent();
  bridge.say({ type: "answer", id: press, result: "accepted" });
  return intent;
}

/** The next thing asked for, but for the sign that somebody is there. */
async function asked() {
  for (;;) {
    const intent = await accept();
    if (intent.kind !== "stay") return intent;
  }
}

it("the idle screen: contrast and language", async () => {
  await heading("Tap your badge");
  await go("ArrowDown", "Strong contrast");
  await press("Enter");
  await tab.locator("html.contrast").waitFor();
  await press("Enter");
  await go("ArrowUp", "Français");
  await press("Enter");
  await heading("Présentez votre badge");
  await go("ArrowDown", "English");
  await press("Enter");
  await heading("Tap your badge");
});

it("documents are chosen, set and printed, and the way back is Escape", async () => {
  bridge.show(withSession());
  await heading("Your documents");
  const [first] = documents;
  await go("ArrowDown", first?.title ?? "");
  await press("Enter");
  expect(await tab.getByRole("checkbox", { checked: true }).count()).toBe(1);
  await go("ArrowDown", "Settings for Thesis, chapter 3 with figures.pdf");
  await press("Enter");
  await heading("How to print it");
  await go("ArrowDown", "One copy more");
  await press("Enter");
  await go("ArrowDown", "Two-sided");
  await press("ArrowLeft");
  expect(await focused()).toBe("One-sided");
  await go("ArrowDown", "Colour");
  await press("Escape");
  await heading("Your documents");
  await go("ArrowUp", /^Print\d? ?/);
  await press("Enter");
  expect(await asked()).toMatchObject({ kind: "print", jobIds: [id("a1")] });
});

it("printing is stopped, and its outcome put away", async () => {
  bridge.show(withSession({ releases: [release("a1", { impressions: 2 })] }));
  await heading("Printing");
  // There is nothing to stop before the bridge tells of a release.
  await tab.getByRole("button", { name: "Stop", disabled: false }).waitFor();
  await go("ArrowDown", "Stop");
  await press("Enter");
  expect(await asked()).toMatchObject({ kind: "cancel" });
  const stopped = ended("a1", { kind: "not-printed", reason: "cancelled" });
  bridge.show(withSession({ releases: [stopped] }));
  await heading("Your document was not printed");
  await press("Escape");
  await heading("Your documents");
});

it("a document is deleted and brought back, and one that is missing looked for", async () => {
  await go("ArrowDown", "Boarding pass.pdf");
  await press("Enter");
  await go("ArrowUp", "Delete");
  await press("Enter");
  expect(await asked()).toMatchObject({ kind: "delete" });
  bridge.show(withSession({ deletion: { count: 1, undoInMs: 8_000 } }));
  await go("ArrowUp", "Undo");
  await press("Enter");
  expect(await asked()).toMatchObject({ kind: "undo-delete" });
  bridge.show(withSession());
  await go("ArrowDown", "Is a document missing?");
  await press("Enter");
  await heading("Is a document missing?");
  await press("Escape");
  await heading("Your documents");
});

it("the screen is made easier, a warning answered, and Escape leaves the list", async () => {
  await go("ArrowUp", "Make the screen easier");
  await press("Enter");
  await heading("Make the screen easier");
  await go("ArrowDown", "Usual");
  await press("ArrowRight");
  expect(await asked()).toMatchObject({ kind: "look-for-missing" });
  expect(await asked()).toMatchObject({ kind: "prefer", contrast: true });
  await press("Escape");
  await heading("Your documents");
  bridge.show(withSession({ warning: true, logOutInMs: 20_000 }));
  await heading("Are you still there?");
  await press("Enter");
  expect(await accept()).toMatchObject({ kind: "stay" });
  bridge.show(withSession());
  await heading("Your documents");
  await press("Escape");
  expect(await asked()).toMatchObject({ kind: "log-out" });
});
