import { atRest } from "./at-rest.ts";
import { ippPoster, type PostedDocument } from "./ipp-poster.ts";
import type { Part } from "./measure.ts";
import { hugePdf } from "./pdfs.ts";
import { CUPS_QUEUE, OUR_QUEUE, startRivals } from "./rivals.ts";
import { median, spread } from "./statistics.ts";

const BYTES = 200_000_000;
const ROUNDS = 4;
const contestants = ["Guichet", "cupsd", "cupsd syncing"] as const;

/** One large document, beside a real cupsd, in turn; ours is sealed and durable on answer. */
export const upload: Part = {
  title: "a 200 MB PDF into a held queue; ours sealed and durable on answer",
  run: async () => {
    const rates = await race(hugePdf(BYTES));
    const ours = rates.Guichet;
    return (["cupsd", "cupsd syncing"] as const).map((name) => ({
      what: name === "cupsd" ? "200 MB" : "200 MB, cupsd with SyncOnClose",
      value: median(ours),
      unit: "MB/s",
      peer: { name, value: median(rates[name]) },
      ...(name === "cupsd" ? { goal: { of: "ratio" as const, atLeast: 0.4 } } : {}),
      note: `${spread(ours)}; ${name} ${spread(rates[name])}`,
    }));
  },
};

async function race(document: PostedDocument) {
  const rivals = await startRivals();
  const { site, cups, syncingCups } = rivals;
  const one = { connections: 1 };
  const posters = {
    Guichet: ippPoster({ ...one, port: site.ports.provider, queue: OUR_QUEUE }),
    cupsd: ippPoster({ ...one, port: cups.port, queue: CUPS_QUEUE }),
    "cupsd syncing": ippPoster({ ...one, port: syncingCups.port, queue: CUPS_QUEUE }),
  };
  const rates: Record<(typeof contestants)[number], number[]> = {
    Guichet: [],
    cupsd: [],
    "cupsd syncing": [],
  };
  try {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of contestants) {
        const ms = await posters[name].print(document);
        if (name === "Guichet") await atRest(site);
        if (round > 0) rates[name].push(document.length / 1000 / ms);
      }
    return rates;
  } finally {
    for (const name of contestants) posters[name].close();
    await rivals.close();
  }
}
