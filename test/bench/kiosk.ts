import { gzipSync } from "node:zlib";
import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { startSite } from "../system/test-site.ts";
import type { Part } from "./measure.ts";
import { median, spread } from "./statistics.ts";

const ROUNDS = 7;
const SLOWDOWN = 6;

type Scripts = { files: number; gzipped: number };
type Load = { interactiveMs: number; heapMb: number; first: Scripts; all: Scripts };

/** The kiosk's first load, on a processor made six times slower. */
export const kiosk: Part = {
  title: `first load of the kiosk, nothing cached, processor ${SLOWDOWN} × slower`,
  run: async () => {
    const site = await startSite();
    const browser = await launchBrowser({ width: 1024, height: 600 });
    try {
      const loads: Load[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const page = await browser.context.newPage();
        const load = await firstLoad(page, `http://127.0.0.1:${site.ports.bridge}/t/lobby`);
        // The first one warms the browser and the bridge up.
        if (round > 0) loads.push(load);
        await page.close();
      }
      const interactive = loads.map(({ interactiveMs }) => interactiveMs);
      const heap = loads.map(({ heapMb }) => heapMb);
      const [one] = loads;
      if (one === undefined) throw new Error("The kiosk was never loaded.");
      return [
        {
          what: "script of the first screen, gzipped",
          value: one.first.gzipped / 1000,
          unit: "kB",
          goal: { of: "value", atMost: 30 },
          note: `${one.first.files} files, each gzipped by itself; with what is fetched while the screen stands ${(one.all.gzipped / 1000).toFixed(1)} kB in ${one.all.files}`,
        },
        {
          what: `interactive at ${SLOWDOWN} × slowdown`,
          value: median(interactive),
          unit: "ms",
          goal: { of: "value", atMost: 700 },
          note: `${spread(interactive)}; from the start of the navigation to the idle screen painted, with the bridge's first view`,
        },
        { what: "JavaScript heap when idle", value: median(heap), unit: "MB", note: spread(heap) },
      ];
    } finally {
      await browser.close();
      await site.close();
    }
  },
};

async function firstLoad(page: Page, url: string): Promise<Load> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  await cdp.send("Performance.enable");
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const bodies = collectScripts(cdp);
  await page.addInitScript(markInteractive);
  await page.goto(url, { waitUntil: "networkidle" });
  await page.waitForFunction(() => performance.getEntriesByName("interactive").length > 0);
  const { interactiveMs, firstUrls } = await page.evaluate(() => {
    const markOf = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    const there = markOf("there");
    const urls = performance
      .getEntriesByType("resource")
      .filter((entry) => entry.startTime + entry.duration <= there)
      .map(({ name }) => name);
    return { interactiveMs: markOf("interactive"), firstUrls: urls };
  });
  const gzipped = await bodies();
  const sum = (urls: string[]): Scripts => ({
    files: urls.length,
    gzipped: urls.reduce((total, one) => total + (gzipped.get(one) ?? 0), 0),
  });
  const all = [...gzipped.keys()];
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const first = all.filter((one) => firstUrls.includes(one));
  return { interactiveMs, heapMb: heap / 1e6, first: sum(first), all: sum(all) };
}

/** Listens for scripts; gives the gzipped size of each by its address. */
function collectScripts(cdp: CDPSession): () => Promise<Map<string, number>> {
  const scripts = new Map<string, string>();
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.mimeType.includes("javascript")) scripts.set(response.url, requestId);
  });
  return async () => {
    const sizes = new Map<string, number>();
    for (const [url, requestId] of scripts) {
      const { body, base64Encoded } = await cdp.send("Network.getResponseBody", { requestId });
      sizes.set(url, gzipSync(Buffer.from(body, base64Encoded ? "base64" : "utf8")).length);
    }
    return sizes;
  };
}

/** Runs in the page: marks when the idle screen's heading was there, and when it had been painted. */
function markInteractive(): void {
  const watch = new MutationObserver(() => {
    const heading = document.querySelector("h1, h2");
    if (heading?.textContent?.includes("Tap your badge") !== true) return;
    watch.disconnect();
    performance.mark("there");
    requestAnimationFrame(() => {
      // A message posted within a frame is delivered when that frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("interactive");
      port2.postMessage(null);
    });
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
}
