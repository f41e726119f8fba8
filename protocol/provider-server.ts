import { type Static, Type } from "typebox";
import { DeviceAbilities } from "./handling.ts";
import { Count, LoginName, Moment, Sentence, Slug, Uuid } from "./ids.ts";
import { JobState, Particulars, PartlyPrinted, RefusedBecause, Title } from "./particulars.ts";
import { Queue } from "./site.ts";

/** What the server keeps of a job, so that a tap shows the list without asking every provider. */
export const JobSummary = Type.Object(
  {
    jobId: Uuid,
    /** The provider's revision at which this job last changed. */
    revision: Count,
    queue: Slug,
    owner: LoginName,
    title: Title,
    state: JobState,
    particulars: Type.Optional(Particulars),
    partlyPrinted: Type.Optional(PartlyPrinted),
    /** Why a `refused` job cannot be printed. */
    reason: Type.Optional(Sentence),
    /** The same as a code, for the screen's own words. Jobs refused by an older provider have none. */
    refusedBecause: Type.Optional(RefusedBecause),
    submittedAt: Moment,
    /** Held when a copy was made that was put back since: it may have been printed in between. */
    maybePrinted: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type JobSummary = Static<typeof JobSummary>;

/**
 * POST /api/provider/jobs. Every job that changed after `after`, in its newest state, at most 500 at
 * a time and oldest change first. The server takes it only if `after` is the revision it has, and
 * answers with the revision it has then: the provider goes on from there. Repeating is harmless.
 */
export const JobsPush = Type.Object(
  {
    after: Count,
    upTo: Count,
    jobs: Type.Array(JobSummary, { maxItems: 500 }),
    /** Jobs that the provider no longer knows at all. */
    gone: Type.Array(Uuid, { maxItems: 500 }),
  },
  { additionalProperties: false },
);
export type JobsPush = Static<typeof JobsPush>;

export const JobsPushReply = Type.Object({ revision: Count }, { additionalProperties: false });
export type JobsPushReply = Static<typeof JobsPushReply>;

/** GET /api/provider/site?after=N waits up to 25 s for a newer revision of what the provider serves. */
export const ProviderSite = Type.Object(
  {
    revision: Count,
    queues: Type.Array(Queue, { maxItems: 1024 }),
    organisation: Type.String({ maxLength: 512 }),
    /** Which bridge each device belongs to: only that bridge may claim for a `secure` or `direct` queue. */
    deviceBridges: Type.Record(Slug, Slug),
    /** What the devices of a queue can do, together; nothing for a queue of which none has told. */
    abilities: Type.Optional(Type.Record(Slug, DeviceAbilities)),
  },
  { additionalProperties: false },
);
export type ProviderSite = Static<typeof ProviderSite>;
