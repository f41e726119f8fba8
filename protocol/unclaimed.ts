import { type Static, Type } from "typebox";
import { Count, LoginName, Slug, Uuid } from "./ids.ts";
import { JobSummary } from "./provider-server.ts";

const closed = { additionalProperties: false } as const;

/** The code of a job of nobody known, without the space that it is shown with. */
export const JobCode = Type.String({ pattern: "^[0-9]{8}$" });
export type JobCode = Static<typeof JobCode>;

/**
 * POST /api/unclaimed/take: whoever is signed in at a terminal typed a code. The bridge says who it is,
 * and has counted the try before. Asking again gives the same answer.
 */
export const TakeByCode = Type.Object({ code: JobCode, owner: LoginName, terminal: Slug }, closed);
export type TakeByCode = Static<typeof TakeByCode>;

export const TakeByCodeReply = Type.Union([
  /** The job is this person's from now on. */
  Type.Object({ kind: Type.Literal("taken"), job: JobSummary }, closed),
  Type.Object({ kind: Type.Literal("unknown") }, closed),
]);
export type TakeByCodeReply = Static<typeof TakeByCodeReply>;

/** What became of the code that was typed last; on the screen where there can be such documents. */
export const CodeView = Type.Object(
  {
    state: Type.Union([
      Type.Literal("none"),
      Type.Literal("asking"),
      Type.Literal("taken"),
      Type.Literal("wrong"),
      Type.Literal("slow-down"),
      Type.Literal("unreachable"),
    ]),
    /** With `slow-down`: milliseconds until the next try, when this view was made. */
    waitMs: Count,
    /** The press that it was typed with, and with `taken` the job. */
    pressId: Type.Optional(Uuid),
    jobId: Type.Optional(Uuid),
  },
  closed,
);
export type CodeView = Static<typeof CodeView>;
