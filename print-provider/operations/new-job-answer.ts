import { group } from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { groupTag } from "../../ipp/tags.ts";
import { findJobByNumber } from "../jobs/find-jobs.ts";
import { type NewJobShown, newJobAttributes } from "../printer/job-attributes.ts";
import type { ProviderContext } from "../provider-context.ts";
import type { Answer, Call } from "./call.ts";

/** The answer about a job that was just made: RFC 8011 §4.2.1.2. */
export function newJobAnswer(
  { codeOf }: ProviderContext,
  { queue, uris, requester }: Call,
  made: { job: NewJobShown["job"]; unsupported?: readonly IppAttribute[] },
): Answer {
  const { job, unsupported = [] } = made;
  const code = requester.kind === "nobody" ? { code: codeOf(job.id), isFresh: true } : undefined;
  const shown = { job, kind: queue.kind, uris, ...(code === undefined ? {} : { code }) };
  const groups = [group(groupTag.job, newJobAttributes(shown))];
  return unsupported.length === 0
    ? { status: "successful-ok", groups }
    : { status: "successful-ok-ignored-or-substituted-attributes", groups, unsupported };
}

/** The same about a job that was changed: as it is stored now. */
export function changedJobAnswer(context: ProviderContext, call: Call, number: number): Answer {
  const job = findJobByNumber(context.db, number);
  if (job === undefined) throw new Error(`Job ${number} was stored and is not there.`);
  return newJobAnswer(context, call, { job });
}
