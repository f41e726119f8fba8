import { printDocument } from "../system/print-document.ts";
import { startSite } from "../system/test-site.ts";
import { atRest } from "./at-rest.ts";
import { openKioskPage } from "./kiosk-page.ts";
import type { Part } from "./measure.ts";
import { makePdf } from "./pdfs.ts";
import { dialIn, type Reader } from "./reader.ts";
import { percentile, spread } from "./statistics.ts";

const TAPS = 110;
const DOCUMENTS = 5;
const CARD = "66CF4DC2";
/** A reader lets the same card through once in two seconds, so the taps go round eight of them. */
const READERS = Array.from({ length: 8 }, (_, index) => `127.0.0.${index + 1}`);
const SAME_CARD_MS = 2000;

/** From the bytes of a badge on a network reader to the list painted in Chromium. */
export const tap: Part = {
  title: `tap to the list of ${DOCUMENTS} documents on the screen`,
  run: async () => {
    const readers = READERS.map((address) => ({ listen: [address] }));
    const site = await startSite({
      terminals: { lobby: { name: "Lobby", devices: ["simulated-mfp"], readers } },
    });
    const opened: { close: () => unknown }[] = [site];
    try {
      for (let i = 0; i < DOCUMENTS; i += 1)
        await printDocument(site, {
          user: "alice",
          pdf: makePdf({ pages: 2, textBytes: 1500 }),
          title: `Document ${i + 1}`,
        });
      await atRest(site);
      const kiosk = await openKioskPage({ port: site.ports.bridge, documents: DOCUMENTS });
      opened.push(kiosk);
      const dialled: { reader: Reader; tappedAt: number }[] = [];
      for (const address of READERS) {
        const reader = await dialIn(site.ports.reader, address);
        opened.push(reader);
        dialled.push({ reader, tappedAt: -SAME_CARD_MS });
      }
      const { page } = kiosk;
      const times: number[] = [];
      for (let i = 0; i < TAPS; i += 1) {
        const next = dialled[i % dialled.length];
        if (next === undefined) throw new Error("There is no reader.");
        const wait = next.tappedAt + SAME_CARD_MS + 100 - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const shown = kiosk.listShown();
        const at = next.reader.tap(CARD);
        times.push((await shown) - at);
        // Only now: the first tap at a reader also waits until what speaks with it is loaded.
        next.tappedAt = performance.now();
        await page.getByRole("button", { name: "Log out" }).click();
        await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
      }
      const ahead = await kiosk.clockAhead();
      // The first taps load the session's screens and warm the roles up: they are told, not counted.
      const warm = times.slice(10);
      return [
        { what: "tap to list, p50", value: percentile(warm, 0.5), unit: "ms" },
        {
          what: "tap to list, p99",
          value: percentile(warm, 0.99),
          unit: "ms",
          goal: { of: "value", atMost: 100 },
          note: `${warm.length} taps, ${spread(warm)}; the very first ${times[0]?.toFixed(0)} ms; the page's clock is ${ahead.toFixed(2)} ms ahead`,
        },
      ];
    } finally {
      for (const it of opened.toReversed()) await it.close();
    }
  },
};
