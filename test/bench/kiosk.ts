import { gzipSync } from "node:zlib";
import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { startSite } from "../system/test-site.ts";
import type { Part } from "./measure.ts";
import { median, spread } from "./statistics.ts";

const ROUNDS = 7;
const SLOWDOWN = 6;

type Load = { interactiveMs: number; heapMb: number; scripts: number; gzipped: number };

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
      const [first] = loads;
      return [
        {
          what: "script before the idle screen, gzipped",
          value: (first?.gzipped ?? Number.NaN) / 1000,
          unit: "kB",
          goal: { of: "value", atMost: 30 },
          note: `${first?.scripts} files, each gzipped by itself`,
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
  const scripts = collectScripts(cdp);
  await page.addInitScript(markInteractive);
  await page.goto(url);
  await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
  const interactiveMs = await page
    .waitForFunction(() => performance.getEntriesByName("interactive")[0]?.startTime)
    .then((handle) => handle.jsonValue());
  const loaded = await scripts(interactiveMs ?? Number.NaN);
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  return { interactiveMs: interactiveMs ?? Number.NaN, heapMb: heap / 1e6, ...loaded };
}

/** The scripts that were asked for before the page could be used; what comes later keeps nobody waiting. */
function collectScripts(cdp: CDPSession) {
  const seen: { id: string; at: number }[] = [];
  let origin: number | undefined;
  cdp.on("Network.requestWillBeSent", ({ requestId, type, timestamp }) => {
    if (type === "Document") origin ??= timestamp;
    if (type === "Script" || type === "Other") seen.push({ id: requestId, at: timestamp });
  });
  const isScript = new Set<string>();
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.mimeType.includes("javascript")) isScript.add(requestId);
  });
  return async (interactiveMs: number) => {
    let gzipped = 0;
    let scripts = 0;
    for (const { id, at } of seen) {
      if (!isScript.has(id) || (at - (origin ?? at)) * 1000 > interactiveMs) continue;
      const { body, base64Encoded } = await cdp.send("Network.getResponseBody", { requestId: id });
      gzipped += gzipSync(Buffer.from(body, base64Encoded ? "base64" : "utf8")).length;
      scripts += 1;
    }
    return { scripts, gzipped };
  };
}

/** Runs in the page: marks when the idle screen's heading had been painted. */
function markInteractive(): void {
  const watch = new MutationObserver(() => {
    const heading = document.querySelector("h1, h2");
    if (heading?.textContent?.includes("Tap your badge") !== true) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      // A message posted within a frame is delivered when that frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("interactive");
      port2.postMessage(null);
    });
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
}
