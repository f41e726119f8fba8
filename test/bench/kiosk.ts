import { gzipSync } from "node:zlib";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { startSite } from "../system/test-site.ts";
import { type BarePage, launchBareBrowser } from "./bare-browser.ts";
import type { Part } from "./measure.ts";
import { median, spread } from "./statistics.ts";

const ROUNDS = 7;
const SLOWDOWN = 6;

const Timing = Type.Object({ interactiveMs: Type.Number(), firstUrls: Type.Array(Type.String()) });
const Metrics = Type.Object({
  metrics: Type.Array(Type.Object({ name: Type.String(), value: Type.Number() })),
});
const Received = Type.Object({
  requestId: Type.String(),
  response: Type.Object({ url: Type.String(), mimeType: Type.String() }),
});
const Body = Type.Object({ body: Type.String(), base64Encoded: Type.Boolean() });

type Scripts = { files: number; gzipped: number };
type Load = { interactiveMs: number; heapMb: number; first: Scripts; all: Scripts };

/**
 * The kiosk's first load, on a processor made six times slower. Nothing but the kiosk is in the page:
 * until 2026-11-22 this was measured through Playwright, whose own script was compiled in it within the
 * time that was told.
 */
export const kiosk: Part = {
  title: `first load of the kiosk, nothing cached, processor ${SLOWDOWN} × slower`,
  run: async () => {
    const site = await startSite();
    const browser = await launchBareBrowser({ width: 1024, height: 600 });
    try {
      const loads: Load[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const page = await browser.newPage();
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
          note: `${spread(interactive)}; from the start of the navigation until the idle screen is painted and the page has heard the bridge at its WebSocket`,
        },
        { what: "JavaScript heap when idle", value: median(heap), unit: "MB", note: spread(heap) },
      ];
    } finally {
      await browser.close();
      await site.close();
    }
  },
};

async function firstLoad(page: BarePage, url: string): Promise<Load> {
  await page.send("Network.enable");
  await page.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.send("Performance.enable");
  await page.send("Page.enable");
  await page.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const bodies = collectScripts(page);
  await page.send("Page.addScriptToEvaluateOnNewDocument", {
    source: `(${markLoad.toString()})()`,
  });
  await page.send("Page.navigate", { url });
  const { interactiveMs, firstUrls } = await page.ask(Timing, `(${timing.toString()})()`);
  const gzipped = await bodies();
  const sum = (urls: string[]): Scripts => ({
    files: urls.length,
    gzipped: urls.reduce((total, one) => total + (gzipped.get(one) ?? 0), 0),
  });
  const all = [...gzipped.keys()];
  await page.send("HeapProfiler.collectGarbage");
  const { metrics } = Value.Parse(Metrics, await page.send("Performance.getMetrics"));
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const first = all.filter((one) => firstUrls.includes(one));
  return { interactiveMs, heapMb: heap / 1e6, first: sum(first), all: sum(all) };
}

/** Listens for scripts; gives the gzipped size of each by its address. */
function collectScripts(page: BarePage): () => Promise<Map<string, number>> {
  const scripts = new Map<string, string>();
  page.on("Network.responseReceived", (told) => {
    const { requestId, response } = Value.Parse(Received, told);
    if (response.mimeType.includes("javascript")) scripts.set(response.url, requestId);
  });
  return async () => {
    const sizes = new Map<string, number>();
    for (const [url, requestId] of scripts) {
      const answer = await page.send("Network.getResponseBody", { requestId });
      const { body, base64Encoded } = Value.Parse(Body, answer);
      sizes.set(url, gzipSync(Buffer.from(body, base64Encoded ? "base64" : "utf8")).length);
    }
    return sizes;
  };
}

/**
 * Runs in the page before its own scripts: marks when the idle screen was there, when it had been
 * painted, and when the page had heard the bridge at its WebSocket. Only then does a tap show.
 */
function markLoad(): void {
  const watch = new MutationObserver(() => {
    const heading = document.querySelector("h1, h2");
    if (heading?.textContent?.includes("Tap your badge") !== true) return;
    watch.disconnect();
    performance.mark("there");
    requestAnimationFrame(() => {
      // A message posted within a frame is delivered when that frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("painted");
      port2.postMessage(null);
    });
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
  globalThis.WebSocket = class extends WebSocket {
    constructor(address: string | URL) {
      super(address);
      const heard = () => setTimeout(() => performance.mark("linked"));
      this.addEventListener("message", heard, { once: true });
    }
  };
}

/** Runs in the page: waits until it has been interactive for a while, and tells how it came to be. */
async function timing(): Promise<Static<typeof Timing>> {
  const markOf = (name: string) => performance.getEntriesByName(name)[0]?.startTime;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  while (markOf("painted") === undefined || markOf("linked") === undefined) await pause(100);
  // What is fetched while the screen stands comes within this.
  await pause(1_500);
  const there = markOf("there") ?? Number.NaN;
  const firstUrls = performance
    .getEntriesByType("resource")
    .filter((entry) => entry.startTime + entry.duration <= there)
    .map(({ name }) => name);
  const interactiveMs = Math.max(markOf("painted") ?? Number.NaN, markOf("linked") ?? Number.NaN);
  return { interactiveMs, firstUrls };
}
