import { group } from "../../ipp/build.ts";
import { stringsOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { formatsTaken } from "../formats.ts";
import { countJobsOfQueue } from "../jobs/find-jobs.ts";
import { howToTake } from "../jobs/ipp-state.ts";
import { descriptionAttributes } from "../printer/description-attributes.ts";
import { createKept, encodeGroup, encodeMore } from "../printer/kept-attributes.ts";
import { printerUuid } from "../printer/printer-uuid.ts";
import { readWanted } from "../printer/requested-attributes.ts";
import { stateAttributes } from "../printer/state-attributes.ts";
import { templateAttributes } from "../printer/template-attributes.ts";
import type { ProviderContext } from "../provider-context.ts";
import { abilitiesOf } from "../ticket/queue-abilities.ts";
import { takesUnclaimed } from "../unclaimed/takes-unclaimed.ts";
import { newestUnclaimed } from "../unclaimed/unclaimed-jobs.ts";
import type { Answer, Call, Operation } from "./call.ts";

/**
 * Get-Printer-Attributes (RFC 8011 §4.2.5). What does not change is encoded once for each way of
 * asking: clients ask all the time, and an upload must not wait for it.
 */
export function getPrinterAttributes(
  operations: readonly number[],
  hasServiceAccounts: boolean,
): Operation {
  const kept = createKept(256);
  return (context, call) => {
    const wanted = readWanted(stringsOf(call.operation, "requested-attributes"), ["all"]);
    const site = context.site();
    const key = [site.revision, call.queue.name, call.uris.printer, wanted.key].join("\n");
    const fixed = kept.get(key, () => {
      const described = descriptionAttributes({
        queue: call.queue,
        uris: call.uris,
        organisation: site.organisation,
        uuid: printerUuid(context.self.uuid, call.queue.name),
        operations,
        formats: formatsTaken(context.postScript !== undefined),
        hasServiceAccounts,
        documentBytesMost: context.limits.documentBytesMost,
        documentWaitSeconds: context.limits.documentWaitSeconds,
      });
      const template = templateAttributes(abilitiesOf(site, call.queue.name));
      return encodeGroup(
        group(groupTag.printer, [
          ...described.filter(({ name }) => wanted.has(name, "printer-description")),
          ...template.filter(({ name }) => wanted.has(name, "job-template")),
        ]),
      );
    });
    return answerWith(context, call, { fixed, wanted });
  };
}

/** Print systems show their user what the queue says while they send, or right after (CUPS does). */
const tellCodeMs = 10 * 60_000;

function codeOfNewest({ db, codeOf, now }: ProviderContext, call: Call): string | undefined {
  const { requester, queue } = call;
  if (!takesUnclaimed(queue)) return undefined;
  const { ownerKey: key } = requester;
  const id = newestUnclaimed(db, { key, queue: queue.name, since: now() - tellCodeMs });
  return id === undefined ? undefined : howToTake(codeOf(id));
}

function answerWith(
  context: ProviderContext,
  call: Call,
  { fixed, wanted }: { fixed: Uint8Array; wanted: ReturnType<typeof readWanted> },
): Answer {
  const condition = stateAttributes({
    queuedJobs: wanted.has("queued-job-count", "printer-description")
      ? countJobsOfQueue(context.db, call.queue.name)
      : 0,
    notAccepting: context.notAccepting(),
    ofOwnJob: codeOfNewest(context, call),
    firstStart: context.self.firstStart,
    startedAt: context.startedAt,
    siteChangedAt: context.siteChangedAt(),
    now: context.now(),
  }).filter(({ name }) => wanted.has(name, "printer-description"));
  return { status: "successful-ok", encoded: [fixed, encodeMore(condition)] };
}
