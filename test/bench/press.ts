import { freePorts } from "../system/free-ports.ts";
import { printDocument } from "../system/print-document.ts";
import { startSite, type TestSite } from "../system/test-site.ts";
import { waitFor } from "../system/wait-for.ts";
import { atRest } from "./at-rest.ts";
import { type KioskPage, openKioskPage } from "./kiosk-page.ts";
import { type ListeningProxy, startListeningProxy } from "./listening-proxy.ts";
import type { Part } from "./measure.ts";
import { makePdf } from "./pdfs.ts";
import { dialIn } from "./reader.ts";
import { percentile, spread } from "./statistics.ts";

/** Enough for a p99 that is not the slowest of all. */
const PRESSES = 221;
/** Before anything is timed, as for the jobs taken in: one whole session. */
const WARM_UP = 13;
const AT_A_TIME = 13;
const CARD = "66CF4DC2";

/** From the press of *Print* in Chromium to the document's first byte on its way into the device. */
export const press: Part = {
  title:
    "press of Print to the document's first byte at the printer; journal, claim and money durable",
  run: async () => {
    const [devicePort = 0] = await freePorts(1);
    const proxy = await startListeningProxy(devicePort);
    const opened: { close: () => unknown }[] = [proxy];
    try {
      const site = await startSite({
        devices: { mfp: { url: `ipp://127.0.0.1:${proxy.port}/ipp/print`, name: "Copier" } },
        simulator: { port: devicePort, pagesPerMinute: 6000 },
      });
      opened.push(site);
      await site.roles.simulator.start();
      const kiosk = await openKioskPage({ port: site.ports.bridge, documents: AT_A_TIME });
      opened.push(kiosk);
      const times: number[] = [];
      while (times.length < PRESSES) times.push(...(await oneSession({ site, kiosk, proxy })));
      const warm = times.slice(WARM_UP);
      return [
        { what: "press to first byte, p50", value: percentile(warm, 0.5), unit: "ms" },
        {
          what: "press to first byte, p99",
          value: percentile(warm, 0.99),
          unit: "ms",
          goal: { of: "value", atMost: 50 },
          note: `${warm.length} presses, ${spread(warm)}; the very first ${times[0]?.toFixed(0)} ms`,
        },
      ];
    } finally {
      for (const it of opened.toReversed()) await it.close();
    }
  },
};

/** Some documents printed, a tap, and each document released by a press of its own. */
async function oneSession(parts: {
  site: TestSite;
  kiosk: KioskPage;
  proxy: ListeningProxy;
}): Promise<number[]> {
  const { site, kiosk, proxy } = parts;
  const { page } = kiosk;
  const pdf = makePdf({ pages: 1, textBytes: 3000 });
  for (let i = 0; i < AT_A_TIME; i += 1)
    await printDocument(site, { user: "alice", pdf, title: `Document ${i + 1}` });
  await atRest(site);
  const shown = kiosk.listShown();
  const reader = await dialIn(site.ports.reader);
  reader.tap(CARD);
  await shown;
  const times: number[] = [];
  for (let i = 0; i < AT_A_TIME; i += 1) {
    const print = page.getByRole("button", { name: "Print", exact: true });
    await page.getByRole("listitem").first().click();
    await waitFor(
      "a device that is ready",
      async () => (await print.getAttribute("aria-disabled")) !== "true",
    );
    const arrived = proxy.nextDocument();
    await print.click();
    const at = await arrived;
    times.push(at - (await kiosk.pressedAt()));
    await page.getByRole("button", { name: "Back to my documents" }).click();
  }
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
  reader.close();
  return times;
}
