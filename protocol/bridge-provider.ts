import { type Static, Type } from "typebox";
import { Count, LoginName, Slug, Uuid } from "./ids.ts";
import { Particulars, PartlyPrinted, Title } from "./particulars.ts";

/**
 * POST /api/claims. The right of one bridge to print one job, by release id and attempt. Asking again
 * with the same id and attempt gives the same answer; an older attempt than the one known is stale.
 */
export const ClaimRequest = Type.Object(
  {
    jobId: Uuid,
    releaseId: Uuid,
    attempt: Type.Integer({ minimum: 1 }),
    device: Slug,
    /** The person at the terminal: a job of another owner is refused. */
    owner: LoginName,
  },
  { additionalProperties: false },
);
export type ClaimRequest = Static<typeof ClaimRequest>;

export const ClaimReply = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("claimed"),
      /** Grows with every claim of the job; must be shown with every later word about it. */
      fence: Count,
      title: Title,
      particulars: Particulars,
      partlyPrinted: Type.Optional(PartlyPrinted),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("refused"),
      reason: Type.Union([
        Type.Literal("claimed-by-another"),
        Type.Literal("already-printed"),
        Type.Literal("uncertain"),
        Type.Literal("not-ready"),
        Type.Literal("not-yours"),
        Type.Literal("wrong-device"),
        Type.Literal("stale"),
        Type.Literal("gone"),
      ]),
    },
    { additionalProperties: false },
  ),
]);
export type ClaimReply = Static<typeof ClaimReply>;

/**
 * POST /api/claims/finish. Ends a claim by its holder. Repeating gives the same answer.
 * `given-back`: the job is held again, with what had come out of it. `uncertain`: nobody can claim it
 * until a person's decision ends it as printed or given back.
 */
export const ClaimFinish = Type.Object(
  {
    jobId: Uuid,
    releaseId: Uuid,
    attempt: Type.Integer({ minimum: 1 }),
    fence: Count,
    outcome: Type.Union([
      Type.Literal("printed"),
      Type.Literal("given-back"),
      Type.Literal("uncertain"),
    ]),
    partlyPrinted: Type.Optional(PartlyPrinted),
  },
  { additionalProperties: false },
);
export type ClaimFinish = Static<typeof ClaimFinish>;

/** `stale`: the claim was not this holder's any more; nothing was changed. */
export const ClaimFinishReply = Type.Object(
  { kind: Type.Union([Type.Literal("done"), Type.Literal("stale")]) },
  { additionalProperties: false },
);
export type ClaimFinishReply = Static<typeof ClaimFinishReply>;

/**
 * GET /api/jobs/<job>/document with the headers `guichet-release`, `guichet-attempt` and
 * `guichet-fence` streams the document of a claimed job, with its Content-Length, byte for byte as
 * the client sent it.
 */
export const documentHeaders = {
  release: "guichet-release",
  attempt: "guichet-attempt",
  fence: "guichet-fence",
} as const;

/** POST /api/jobs/delete: the owner gives up held jobs. Jobs claimed or gone are named in `kept`. */
export const DeleteJobs = Type.Object(
  { owner: LoginName, jobIds: Type.Array(Uuid, { minItems: 1, maxItems: 500 }) },
  { additionalProperties: false },
);
export type DeleteJobs = Static<typeof DeleteJobs>;

export const DeleteJobsReply = Type.Object(
  { deleted: Type.Array(Uuid), kept: Type.Array(Uuid) },
  { additionalProperties: false },
);
export type DeleteJobsReply = Static<typeof DeleteJobsReply>;

/** GET /api/direct waits up to 25 s for held jobs of direct queues whose device is this bridge's. */
export const DirectJobs = Type.Object(
  {
    jobs: Type.Array(
      Type.Object({ jobId: Uuid, owner: LoginName, device: Slug }, { additionalProperties: false }),
      { maxItems: 100 },
    ),
  },
  { additionalProperties: false },
);
export type DirectJobs = Static<typeof DirectJobs>;
