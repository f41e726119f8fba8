import { group } from "../../ipp/build.ts";
import { stringsOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { jobAttributes } from "../printer/job-attributes.ts";
import { readWanted } from "../printer/requested-attributes.ts";
import type { ProviderContext } from "../provider-context.ts";
import type { Answer, Call } from "./call.ts";
import { codeShown, findTarget } from "./find-target.ts";

/** Get-Job-Attributes (RFC 8011 §4.3.4). */
export function getJobAttributes(context: ProviderContext, call: Call): Answer {
  const target = findTarget(context, call);
  if (target.kind === "answer") return target.answer;
  const wanted = readWanted(stringsOf(call.operation, "requested-attributes"), ["all"]);
  const shown = {
    job: target.job,
    kind: call.queue.kind,
    uris: call.uris,
    firstStart: context.self.firstStart,
    now: context.now(),
    toOwner: target.byOwner,
    ...codeShown(context, target),
  };
  return {
    status: "successful-ok",
    groups: [group(groupTag.job, jobAttributes(shown, wanted))],
  };
}
