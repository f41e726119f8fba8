import { launchBrowser } from "../../test/browser.ts";
import { scriptedBridge } from "./scripted-bridge.ts";
import { terminal, withSession } from "./views.ts";

declare global {
  /** When the heading took the focus, which is when the screen's listeners stand: milliseconds. */
  var interactiveAt: number | undefined;
  /** How long the documents took to be drawn. */
  var documentsIn: Promise<number> | undefined;
}

export type Timing = {
  /** From the start of the navigation until the idle screen can be used. */
  interactiveMs: number;
  /** From just before the bridge sends a view with a session, until its documents are drawn. */
  documentsMs: number;
};

/**
 * Loads the page that was built into `folder` `times` times into a fresh browser, on a processor made
 * `slowdown` times slower, and gives the time of each.
 */
export async function timesToInteractive(options: {
  folder: string;
  slowdown: number;
  times: number;
}): Promise<Timing[]> {
  const bridge = await scriptedBridge(options.folder);
  const timings: Timing[] = [];
  try {
    for (let n = 0; n < options.times; n += 1) {
      const browser = await launchBrowser();
      try {
        timings.push(await once(browser.context, bridge, options.slowdown));
      } finally {
        await browser.close();
      }
    }
  } finally {
    await bridge.close();
  }
  return timings;
}

async function once(
  context: Awaited<ReturnType<typeof launchBrowser>>["context"],
  bridge: Awaited<ReturnType<typeof scriptedBridge>>,
  slowdown: number,
): Promise<Timing> {
  bridge.show(terminal());
  const tab = await context.newPage();
  const devtools = await context.newCDPSession(tab);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await tab.addInitScript(() => {
    addEventListener("focusin", () => {
      globalThis.interactiveAt ??= performance.now();
    });
  });
  await tab.goto(bridge.url);
  await tab.waitForFunction(() => globalThis.interactiveAt !== undefined);
  const interactiveMs = await tab.evaluate(() => globalThis.interactiveAt ?? Number.NaN);
  // The screens of a session come by themselves; a person takes longer than that to find the badge.
  await tab.waitForLoadState("networkidle");
  await tab.evaluate(() => {
    globalThis.documentsIn = new Promise((resolve) => {
      const from = performance.now();
      new MutationObserver((_, observer) => {
        if (document.querySelector(".list") === null) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - from));
      }).observe(document.body, { childList: true, subtree: true });
    });
  });
  bridge.show(withSession());
  const documentsMs = await tab.evaluate(() => globalThis.documentsIn ?? Number.NaN);
  return { interactiveMs, documentsMs };
}

/** The middle one. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
