import { group } from "../../ipp/build.ts";
import {
  attributeOf,
  booleanOf,
  integerOf,
  integersOf,
  stringOf,
  stringsOf,
} from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { findJobByNumber } from "../jobs/find-jobs.ts";
import type { Job } from "../jobs/job.ts";
import { type JobListing, listJobs } from "../jobs/list-jobs.ts";
import { jobAttributes } from "../printer/job-attributes.ts";
import { readWanted } from "../printer/requested-attributes.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { codeShown } from "./find-target.ts";

/** Jobs in one answer; a client that wants more asks with job-ids. */
const jobsMost = 1000;

/** Get-Jobs (RFC 8011 §4.2.6, `job-ids` of PWG 5100.7 §4.3): each job is a group of its own. */
export function getJobs(context: ProviderContext, call: Call): Answer {
  const { operation } = call;
  const which = whichOf(stringOf(operation, "which-jobs") ?? "not-completed");
  const sent = attributeOf(operation, "which-jobs");
  if (which === undefined)
    return {
      ...refused(
        "client-error-attributes-or-values-not-supported",
        "which-jobs may be not-completed, completed or all.",
      ),
      ...(sent === undefined ? {} : { unsupported: [sent] }),
    };
  const limit = integerOf(operation, "limit");
  if (limit !== undefined && limit < 1)
    return refused("client-error-bad-request", "The limit must be at least 1.");
  const mine = call.requester.ownerKey;
  const jobs = selectJobs(context, call, {
    queue: call.queue.name,
    which,
    most: Math.min(limit ?? jobsMost, jobsMost),
    ...(booleanOf(operation, "my-jobs") === true ? { ownerKey: mine } : {}),
  });
  const wanted = readWanted(stringsOf(operation, "requested-attributes"), ["job-uri", "job-id"]);
  const toAsker = (job: Job) => {
    const byOwner = job.ownerKey === mine;
    return { toOwner: byOwner, ...codeShown(context, { job, byOwner }) };
  };
  const shared = {
    kind: call.queue.kind,
    uris: call.uris,
    firstStart: context.self.firstStart,
    now: context.now(),
  };
  return {
    status: "successful-ok",
    groups: jobs.map((job) =>
      group(groupTag.job, jobAttributes({ ...shared, job, ...toAsker(job) }, wanted)),
    ),
  };
}

function selectJobs(context: ProviderContext, call: Call, listing: JobListing): Job[] {
  const ids = integersOf(call.operation, "job-ids").slice(0, listing.most);
  if (ids.length === 0) return listJobs(context.db, listing);
  return ids.flatMap((number) => {
    const job = findJobByNumber(context.db, number);
    return job?.queue === listing.queue ? [job] : [];
  });
}

function whichOf(value: string): JobListing["which"] | undefined {
  const known = ["not-completed", "completed", "all"] as const;
  return known.find((which) => which === value);
}
