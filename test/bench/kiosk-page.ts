import type { Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { instant } from "./clock.ts";

export type KioskPage = {
  page: Page;
  /** Resolves with the instant at which the list with so many documents had been painted. */
  listShown: () => Promise<number>;
  /** The instant of the latest press of a button, as the browser stamped it. */
  pressedAt: () => Promise<number>;
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
  let tell: ((at: number) => void) | undefined;
  await page.exposeFunction("benchShown", (at: number) => {
    tell?.(at);
    tell = undefined;
  });
  await page.addInitScript(watchPage, options.documents);
  await page.goto(`http://127.0.0.1:${options.port}/t/lobby`);
  await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
  return {
    page,
    listShown: () =>
      new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("No list was shown for 20 s.")), 20_000);
        tell = (at) => {
          clearTimeout(timer);
          resolve(at);
        };
      }),
    async pressedAt() {
      const at: unknown = await page.evaluate(() => Reflect.get(globalThis, "benchPressedAt"));
      if (typeof at !== "number") throw new Error("Nothing was pressed.");
      return at;
    },
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
  const tellShown = (at: number) => {
    const send: unknown = Reflect.get(globalThis, "benchShown");
    if (typeof send === "function") send(performance.timeOrigin + at);
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
      port1.onmessage = () => tellShown(performance.now());
      port2.postMessage(null);
    });
  }).observe(document, { subtree: true, childList: true });
  // Asked for when all is over: to tell it at once would be in the way of what the press began.
  addEventListener(
    "click",
    (event) => {
      Reflect.set(globalThis, "benchPressedAt", performance.timeOrigin + event.timeStamp);
    },
    { capture: true },
  );
}
