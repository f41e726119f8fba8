import type { Queue } from "../../protocol/site.ts";
import type { Requester } from "../identity/requester.ts";
import type { ProviderContext } from "../provider-context.ts";
import { countUnclaimed, isCodeInUse } from "./unclaimed-jobs.ts";

const hourMs = 3_600_000;

/** Why a stranger may not leave one more job here, in a sentence; undefined where they may. */
export function whyNoMoreOf(
  { db, limits, uploads }: ProviderContext,
  { address }: Extract<Requester, { kind: "nobody" }>,
): string | undefined {
  const waiting = countUnclaimed(db, address);
  // Whoever gives another name each time is the same address, also while documents come in.
  if (waiting.ofSender + uploads.countOf(address) >= limits.unclaimedOfSenderMost)
    return `${waiting.ofSender} documents from this computer wait for their owner already. Take them at a terminal first.`;
  if (waiting.all >= limits.unclaimedMost)
    return "Too many documents wait here for their owner. Try again later, or tell your administrator.";
  return undefined;
}

/** The id of a job that comes in; of a stranger's one whose code is no other's. */
export function newJobId({ db, newId, codeOf }: ProviderContext, requester: Requester): string {
  let id = newId();
  while (requester.kind === "nobody" && isCodeTaken(codeOf(id))) id = newId();
  return id;

  function isCodeTaken(code: string): boolean {
    return isCodeInUse(db, (jobId) => codeOf(jobId) === code);
  }
}

/** When a job ends that nobody fetches; one of nobody known sooner. Milliseconds since 1970. */
export function expiryOf(
  { limits }: ProviderContext,
  { queue, requester, now }: { queue: Queue; requester: Requester; now: number },
): number {
  const { holdHours } = queue;
  const hours =
    requester.kind === "nobody" ? Math.min(limits.unclaimedHours, holdHours) : holdHours;
  return now + hours * hourMs;
}
