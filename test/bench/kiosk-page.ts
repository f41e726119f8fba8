import type { Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { instant } from "./clock.ts";

export type KioskPage = {
  page: Page;
  /** Resolves with the instant at which the list with so many documents had been painted. */
  listShown: () => Promise<number>;
  /** Resolves with the instant of the next press of a button, as the browser stamped it. */
  pressed: () => Promise<number>;
  /** Milliseconds that the page's clock is ahead of ours, as far as a question and its answer tell. */
  clockAhead: () => Promise<number>;
  close: () => Promise<void>;
};

/** The kiosk's page in Chromium, telling when things were to be seen and when a button was pressed. */
export async function openKioskPage(options: {
  port: number;
  documents: number;
}): Promise<KioskPage> {
  const browser = await launchBrowser({ width: 1024, height: 600 });
  const page = await browser.context.newPage();
  const told = { shown: undefined, pressed: undefined } as Record<
    "shown" | "pressed",
    ((at: number) => void) | undefined
  >;
  await page.exposeFunction("benchTell", (what: "shown" | "pressed", at: number) => {
    told[what]?.(at);
    told[what] = undefined;
  });
  await page.addInitScript(watchPage, options.documents);
  await page.goto(`http://127.0.0.1:${options.port}/t/lobby`);
  await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
  const next = (what: "shown" | "pressed") =>
    new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Nothing was ${what} for 20 s.`)), 20_000);
      told[what] = (at) => {
        clearTimeout(timer);
        resolve(at);
      };
    });
  return {
    page,
    listShown: () => next("shown"),
    pressed: () => next("pressed"),
    clockAhead: async () => {
      let best = { trip: Number.POSITIVE_INFINITY, ahead: Number.NaN };
      for (let i = 0; i < 50; i += 1) {
        const from = instant();
        const there = await page.evaluate(() => performance.timeOrigin + performance.now());
        const trip = instant() - from;
        if (trip < best.trip) best = { trip, ahead: there - (from + trip / 2) };
      }
      return best.ahead;
    },
    close: browser.close,
  };
}

/** Runs in the page, before its own scripts; so nothing from outside of it can be used. */
function watchPage(documents: number): void {
  const tell = (what: string, at: number) => {
    const send: unknown = Reflect.get(globalThis, "benchTell");
    if (typeof send === "function") send(what, performance.timeOrigin + at);
  };
  let whole = false;
  new MutationObserver(() => {
    const rows = document.querySelectorAll('[aria-labelledby="your-documents"] > li');
    const before = whole;
    whole = rows.length >= documents;
    if (!whole || before) return;
    requestAnimationFrame(() => {
      // A message posted within a frame is delivered when that frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell("shown", performance.now());
      port2.postMessage(null);
    });
  }).observe(document, { subtree: true, childList: true });
  addEventListener("click", (event) => tell("pressed", event.timeStamp), { capture: true });
}
