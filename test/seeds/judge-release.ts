import { priceOfFirst, ruleFor } from "../../pricing/price.ts";
import type { Case, Stage } from "./judge.ts";
import type { Town } from "./town.ts";

/**
 * One release: its document came out once at most, and was paid for exactly what came out, or nobody
 * could know and nothing was paid, or a person said what was to be paid.
 */
export function judgeRelease(
  town: Town,
  one: Case,
  { stage, believed }: { readonly stage: Stage; readonly believed: string[] },
): string[] {
  const { release, charged, uncertain } = one;
  const { releaseId, phase } = release;
  const faults = [...judgePaper(one)];
  const say = (sentence: string) => faults.push(`${releaseId.slice(0, 8)} ${sentence}`);
  if (phase.kind !== "closed" && phase.kind !== "undecided") {
    say(`never ended: it is still ${phase.kind}.`);
    return faults;
  }
  if (phase.kind === "undecided" && stage === "decided") say("was decided, and nobody heard it.");
  if (phase.kind === "undecided" && uncertain === undefined)
    say("is uncertain, but the server was never told.");
  if (uncertain !== undefined) {
    if (uncertain.atLeast > one.paper.length)
      say(`has ${uncertain.atLeast} sides for certain, but ${one.paper.length} came out.`);
    const due = dueByDecision(town, one);
    if (charged !== due) say(`is uncertain, charged ${charged}, and ${due} was decided.`);
    return faults;
  }
  const due = priceOfSides(town, one, one.paper.length);
  if (charged === due || (one.reviewed && charged < due)) return faults;
  if (isUnseenLie(town, one)) believed.push(releaseId);
  else
    say(
      `gave ${one.paper.length} of ${one.wanted} sides, which cost ${due}, and ${charged} was charged` +
        ` (${one.evidence ?? "no evidence"}).`,
    );
  return faults;
}

function judgePaper({ release, paper, wanted, job }: Case): string[] {
  const faults: string[] = [];
  const name = release.releaseId.slice(0, 8);
  const sides = new Set(paper.map(({ copy, page }) => `${copy} ${page}`));
  if (sides.size < paper.length) faults.push(`${name} was printed twice.`);
  if (paper.length > wanted)
    faults.push(`${name} gave ${paper.length} sides, and ${wanted} were wanted.`);
  const pages = job.particulars.pageRuns.reduce((sum, [count]) => sum + count, 0);
  if (paper.some((side) => side.pages !== pages))
    faults.push(`${name} printed a document that is not the job's.`);
  return faults;
}

function dueByDecision(town: Town, one: Case): number {
  const { uncertain, release, wanted } = one;
  // A decision that the bridge has not carried out yet charges nothing yet.
  if (uncertain?.decision !== "printed" || release.phase.kind === "undecided") return 0;
  return priceOfSides(town, one, uncertain.impressions ?? wanted);
}

function priceOfSides(
  { server }: Town,
  { release, particulars }: Case,
  impressions: number,
): number {
  if (impressions === 0) return 0;
  const prices = server.reservedWith.get(release.releaseId);
  // Sides that were never reserved for are owed by nobody: that is a fault in itself.
  if (prices === undefined) return Number.NaN;
  const rule = ruleFor(prices, release.device);
  return priceOfFirst({ particulars, rule, impressions });
}

/**
 * A device without counters that calls a job completed which was not, or that silently made fewer
 * copies: there is nothing that anybody could know better by. Only its word was charged for.
 */
function isUnseenLie(
  { devices }: Town,
  { release, evidence, paper, wanted, particulars }: Case,
): boolean {
  const device = devices.get(release.device);
  if (device === undefined || evidence !== "completed-state" || paper.length >= wanted)
    return false;
  const fewerCopies = device.everHad("copies-ignored") && particulars.copies > 1;
  const { habits = [] } = device.state().config;
  const ownless = habits.includes("no-device-counter") || habits.includes("sheets-only");
  const countless = device.everHad("no-counters") || (ownless && device.everHad("no-job-counters"));
  return countless && (fewerCopies || device.everHad("early-completed"));
}
