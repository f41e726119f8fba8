import { group } from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { groupTag } from "../../ipp/tags.ts";
import { findJobByNumber } from "../jobs/find-jobs.ts";
import { newJobAttributes } from "../printer/job-attributes.ts";
import type { ProviderContext } from "../provider-context.ts";
import type { Answer, Call } from "./call.ts";

/** The answer about a job that was just made or changed: RFC 8011 §4.2.1.2. */
export function newJobAnswer(
  context: ProviderContext,
  call: Call,
  made: { number: number; unsupported?: readonly IppAttribute[] },
): Answer {
  const job = findJobByNumber(context.db, made.number);
  if (job === undefined) throw new Error(`Job ${made.number} was stored and is not there.`);
  const shown = {
    job,
    kind: call.queue.kind,
    uris: call.uris,
    firstStart: context.self.firstStart,
    now: context.now(),
    toOwner: true,
  };
  const groups = [group(groupTag.job, newJobAttributes(shown))];
  const unsupported = made.unsupported ?? [];
  return unsupported.length === 0
    ? { status: "successful-ok", groups }
    : { status: "successful-ok-ignored-or-substituted-attributes", groups, unsupported };
}
