import type { Release } from "../../device-bridge/release/release.ts";
import { jobNameOf } from "../../device-bridge/release/requests.ts";
import { impressionsOf } from "../../pricing/impressions.ts";
import { withSettings } from "../../pricing/with-settings.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import { judgeBooks, judgePresses } from "./judge-books.ts";
import { judgeJob } from "./judge-job.ts";
import { judgeRelease } from "./judge-release.ts";
import { readRecords } from "./records.ts";
import type { Town } from "./town.ts";

/** Before anybody said what came out of uncertain releases, or after. */
export type Stage = "undecided" | "decided";

export interface Counts {
  readonly releases: number;
  /** Sides in all paper trays. */
  readonly sides: number;
  readonly charged: number;
  readonly uncertain: number;
  /** Charged by a device's mere word, which was a lie that nobody could see through. */
  readonly believed: number;
}

/** All that is known about one release, from each side. */
export interface Case {
  readonly bridge: string;
  readonly release: Release;
  readonly job: Town["scene"]["jobs"][number];
  /** The job as it was wanted at this release. */
  readonly particulars: Particulars;
  readonly paper: ReturnType<typeof readRecords>["paper"][number][];
  readonly wanted: number;
  readonly charged: number;
  readonly uncertain: ReturnType<typeof readRecords>["uncertain"][number] | undefined;
  readonly evidence: string | undefined;
  /** Counters disagreed: the lower was charged, and a person shall look at it. */
  readonly reviewed: boolean;
}

/** Compares what lies in the paper trays with what was charged and with what every role believes. */
export function judge(town: Town, stage: Stage): { faults: string[]; counts: Counts } {
  const records = readRecords(town);
  const cases = casesOf(town, records);
  const believed: string[] = [];
  const faults = [
    ...strayPaper(records, cases),
    ...cases.flatMap((one) => judgeRelease(town, one, { stage, believed })),
    ...town.scene.jobs.flatMap((job) =>
      judgeJob(town, { job, cases: cases.filter((one) => one.job === job) }),
    ),
    ...judgePresses(town, cases),
    ...judgeBooks(town, records, cases),
  ];
  return {
    faults,
    counts: {
      releases: cases.length,
      sides: records.paper.length,
      charged: records.charges.size,
      uncertain: records.uncertain.length,
      believed: believed.length,
    },
  };
}

function casesOf(town: Town, records: ReturnType<typeof readRecords>): Case[] {
  return [...town.bridges].flatMap(([bridge, node]) =>
    node.releases().map((release): Case => {
      const { releaseId, jobId, device } = release;
      const job = town.scene.jobs.find((one) => one.jobId === jobId);
      if (job === undefined) throw new Error(`A release of the unknown job ${jobId}.`);
      const particulars = withSettings(job.particulars, release.settings);
      const name = jobNameOf(releaseId);
      return {
        bridge,
        release,
        job,
        paper: records.paper.filter((side) => side.jobName === name && side.device === device),
        particulars,
        wanted: impressionsOf(particulars),
        charged: records.charges.get(releaseId) ?? 0,
        uncertain: records.uncertain.find((one) => one.releaseId === releaseId),
        evidence: records.evidence.get(releaseId),
        reviewed: records.reviewed.has(releaseId),
      };
    }),
  );
}

function strayPaper({ paper }: ReturnType<typeof readRecords>, cases: readonly Case[]): string[] {
  const accounted = cases.reduce((sum, one) => sum + one.paper.length, 0);
  return accounted === paper.length
    ? []
    : [`${paper.length} sides came out, but the releases account for ${accounted}.`];
}
