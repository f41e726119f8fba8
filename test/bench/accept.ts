import { atRest } from "./at-rest.ts";
import { type IppPoster, ippPoster } from "./ipp-poster.ts";
import type { Measure, Part } from "./measure.ts";
import { makePdf } from "./pdfs.ts";
import { CUPS_QUEUE, OUR_QUEUE, startRivals } from "./rivals.ts";
import { median, percentile, spread } from "./statistics.ts";

const ROUNDS = 7;
const contestants = ["Guichet", "cupsd", "cupsd syncing"] as const;
type Contestant = (typeof contestants)[number];
type Result = { perSecond: number[]; ms: number[] };

/**
 * Jobs taken a second, beside a real cupsd with a queue that holds, in turn. Guichet answers only
 * when file and database are on the disk; cupsd, as it is shipped, syncs nothing at that time.
 */
export const accept: Part = {
  title:
    "jobs taken a second into a held queue, 4 kB PDF, kept connections; ours durable on answer",
  run: async () => {
    const rivals = await startRivals();
    const { site, cups, syncingCups } = rivals;
    try {
      const pdf = makePdf({ pages: 1, textBytes: 3_300 });
      const document = { length: pdf.length, chunks: () => [pdf] };
      const measures: Measure[] = [];
      for (const [connections, jobs] of [
        [1, 150],
        [8, 300],
      ] as const) {
        const posters: Record<Contestant, IppPoster> = {
          Guichet: ippPoster({ port: site.ports.provider, queue: OUR_QUEUE, connections }),
          cupsd: ippPoster({ port: cups.port, queue: CUPS_QUEUE, connections }),
          "cupsd syncing": ippPoster({ port: syncingCups.port, queue: CUPS_QUEUE, connections }),
        };
        const results = Object.fromEntries(
          contestants.map((name) => [name, { perSecond: [], ms: [] } as Result]),
        ) as Record<Contestant, Result>;
        // Round 0 warms up: a first job makes files, statements and machine code.
        for (let round = 0; round <= ROUNDS; round += 1)
          for (const name of contestants) {
            const times: number[] = [];
            const from = performance.now();
            let left = jobs;
            const sender = async () => {
              while (left-- > 0) times.push(await posters[name].print(document));
            };
            await Promise.all(Array.from({ length: connections }, sender));
            const seconds = (performance.now() - from) / 1000;
            if (name === "Guichet") await atRest(site);
            if (round === 0) continue;
            results[name].perSecond.push(jobs / seconds);
            results[name].ms.push(...times);
          }
        for (const name of contestants) posters[name].close();
        measures.push(...judge(connections, results));
      }
      return measures;
    } finally {
      await rivals.close();
    }
  },
};

function judge(connections: number, results: Record<Contestant, Result>): Measure[] {
  const what = connections === 1 ? "1 connection" : `${connections} connections`;
  const ours = results.Guichet;
  const against = (name: Contestant) => ({ name, value: median(results[name].perSecond) });
  const value = median(ours.perSecond);
  return [
    {
      what,
      value,
      unit: "jobs/s",
      peer: against("cupsd"),
      goal: { of: "ratio", atLeast: 0.5 },
      note: `${spread(ours.perSecond)}; p50 ${percentile(ours.ms, 0.5).toFixed(2)} ms, p99 ${percentile(ours.ms, 0.99).toFixed(1)} ms; cupsd ${spread(results.cupsd.perSecond)}; p50 ${percentile(results.cupsd.ms, 0.5).toFixed(2)} ms, p99 ${percentile(results.cupsd.ms, 0.99).toFixed(1)} ms`,
    },
    {
      what: `${what}, cupsd with SyncOnClose`,
      value,
      unit: "jobs/s",
      peer: against("cupsd syncing"),
      note: `cupsd syncing ${spread(results["cupsd syncing"].perSecond)}`,
    },
  ];
}
