import type { TestSite } from "../system/test-site.ts";
import { atRest } from "./at-rest.ts";
import { type IppPoster, ippPoster, type PostedDocument } from "./ipp-poster.ts";
import type { Measure, Part } from "./measure.ts";
import { makePdf } from "./pdfs.ts";
import { CUPS_QUEUE, OUR_QUEUE, startRivals } from "./rivals.ts";
import { median, percentile, spread } from "./statistics.ts";

const ROUNDS = 7;
const contestants = ["Guichet", "cupsd", "cupsd syncing"] as const;
type Contestant = (typeof contestants)[number];
type Result = { perSecond: number[]; ms: number[] };
/** Before anything is timed: a print server runs for months, and its engine learns for a second. */
const WARM_UP_JOBS = 600;

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
        [1, 500],
        [8, 1000],
      ] as const) {
        const posters: Record<Contestant, IppPoster> = {
          Guichet: ippPoster({ port: site.ports.provider, queue: OUR_QUEUE, connections }),
          cupsd: ippPoster({ port: cups.port, queue: CUPS_QUEUE, connections }),
          "cupsd syncing": ippPoster({ port: syncingCups.port, queue: CUPS_QUEUE, connections }),
        };
        const counted: number[] = [];
        const results = Object.fromEntries(
          contestants.map((name) => [name, { perSecond: [], ms: [] } as Result]),
        ) as Record<Contestant, Result>;
        for (const name of contestants)
          await send({ poster: posters[name], document, jobs: WARM_UP_JOBS, connections });
        await atRest(site);
        for (let round = 0; round < ROUNDS; round += 1)
          for (const name of contestants) {
            const from = performance.now();
            const times = await send({ poster: posters[name], document, jobs, connections });
            results[name].perSecond.push((jobs * 1000) / (performance.now() - from));
            results[name].ms.push(...times);
            if (name !== "Guichet") continue;
            await allCounted(site);
            counted.push((jobs * 1000) / (performance.now() - from));
            await atRest(site);
          }
        for (const name of contestants) posters[name].close();
        measures.push(...judge({ connections, results, counted }));
      }
      return measures;
    } finally {
      await rivals.close();
    }
  },
};

/** Sends so many jobs, each connection one after the other; gives the milliseconds of each. */
async function send(options: {
  poster: IppPoster;
  document: PostedDocument;
  jobs: number;
  connections: number;
}): Promise<number[]> {
  const { poster, document, jobs, connections } = options;
  const times: number[] = [];
  let left = jobs;
  const sender = async () => {
    while (left-- > 0) times.push(await poster.print(document));
  };
  await Promise.all(Array.from({ length: connections }, sender));
  return times;
}

/**
 * Resolves when no job waits to be counted. Asked after the jobs were sent, not read from the log
 * beside it: the client would be slower at one contestant than at the others.
 */
async function allCounted(site: TestSite): Promise<void> {
  const analysing = /^guichet_provider_jobs\{state="analysing"\} [1-9]/m;
  const url = `http://127.0.0.1:${site.ports.provider}/metrics`;
  while (analysing.test(await (await fetch(url)).text()))
    await new Promise((resolve) => setTimeout(resolve, 10));
}

function judge(options: {
  connections: number;
  results: Record<Contestant, Result>;
  counted: number[];
}): Measure[] {
  const { connections, results, counted } = options;
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
    {
      what: `${what}, until the pages are counted too`,
      value: median(counted),
      unit: "jobs/s",
      note: `${spread(counted)}; CUPS counts no pages`,
    },
  ];
}
