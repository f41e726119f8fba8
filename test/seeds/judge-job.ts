import type { JobState } from "../../protocol/particulars.ts";
import type { Case } from "./judge.ts";
import type { JobInScene } from "./scene.ts";
import type { Town } from "./town.ts";

/**
 * One job through all of its releases: only one at a time had it, none printed it after it had come out
 * whole, and the provider's state follows from how its releases ended.
 */
export function judgeJob(
  { provider }: Town,
  { job, cases }: { readonly job: JobInScene; readonly cases: readonly Case[] },
): string[] {
  const name = `The job ${job.jobId.slice(0, 8)}`;
  const faults = judgeOrder(name, cases);
  const state = provider.stateOf(job.jobId);
  const expected = expectedStates(cases);
  if (!expected.includes(state))
    faults.push(`${name} is ${state} at the provider, and should be ${expected.join(" or ")}.`);
  return faults;
}

function judgeOrder(name: string, cases: readonly Case[]): string[] {
  const printed = cases
    .filter(({ paper }) => paper.length > 0)
    .map((one) => ({ one, from: one.paper[0]?.at ?? "", to: one.paper.at(-1)?.at ?? "" }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return printed.flatMap((later, index) =>
    printed.slice(0, index).flatMap((earlier) => {
      const both = `${earlier.one.release.releaseId.slice(0, 8)} and ${later.one.release.releaseId.slice(0, 8)}`;
      if (later.from < earlier.to) return [`${name} was printed by ${both} at the same time.`];
      const isWhole = earlier.one.paper.length >= earlier.one.wanted;
      const mayAgain = earlier.one.uncertain?.decision === "not-printed";
      return isWhole && !mayAgain ? [`${name} was printed whole twice, by ${both}.`] : [];
    }),
  );
}

function expectedStates(cases: readonly Case[]): JobState[] {
  if (cases.some(isPrinted)) return ["printed"];
  if (cases.some(({ release }) => release.phase.kind === "undecided")) return ["uncertain"];
  return ["held", "cancelled"];
}

function isPrinted({ release, uncertain }: Case): boolean {
  const { phase } = release;
  if (phase.kind !== "closed") return false;
  return phase.outcome.kind === "printed" || uncertain?.decision === "printed";
}
