import { type Static, Type } from "typebox";
import { Moment, Slug, Text, Uuid } from "./ids.ts";
import { Title } from "./particulars.ts";

const closed = { additionalProperties: false } as const;

/** POST /api/bridge/ended-jobs: jobs of a person that are over since a day at most, newest first. */
export const EndedJobsRequest = Type.Object({ personId: Uuid }, closed);
export type EndedJobsRequest = Static<typeof EndedJobsRequest>;

export const EndedJob = Type.Object(
  {
    title: Title,
    submittedAt: Moment,
    endedAt: Moment,
    how: Type.Union([Type.Literal("printed"), Type.Literal("cancelled"), Type.Literal("expired")]),
  },
  closed,
);
export type EndedJob = Static<typeof EndedJob>;

export const EndedJobsReply = Type.Object({ jobs: Type.Array(EndedJob, { maxItems: 50 }) }, closed);
export type EndedJobsReply = Static<typeof EndedJobsReply>;

/** Why a job is not among the documents of a screen. */
export const MissingBecause = Type.Union([
  Type.Literal("coming"),
  Type.Literal("counting"),
  Type.Literal("refused"),
  Type.Literal("uncertain"),
  Type.Literal("other-device"),
  Type.Literal("printed"),
  Type.Literal("cancelled"),
  Type.Literal("expired"),
]);
export type MissingBecause = Static<typeof MissingBecause>;

export const MissingJob = Type.Object(
  {
    title: Title,
    submittedAt: Moment,
    because: MissingBecause,
    /** With `refused`: a `RefusedBecause`, or one that is newer than the screen. */
    refusedBecause: Type.Optional(Slug),
    /** With `other-device`: where it can be printed. */
    places: Type.Optional(Text),
    /** When it was over. */
    endedAt: Type.Optional(Moment),
  },
  closed,
);
export type MissingJob = Static<typeof MissingJob>;

/** The answer to *Why is my job not here?*, on the screen. */
export const MissingView = Type.Object(
  {
    /** `asking`: the server has not answered yet. `partly`: it did not, and more may be known there. */
    state: Type.Union([Type.Literal("asking"), Type.Literal("known"), Type.Literal("partly")]),
    /** The name under which jobs must come to be this person's. */
    login: Text,
    jobs: Type.Array(MissingJob, { maxItems: 50 }),
  },
  closed,
);
export type MissingView = Static<typeof MissingView>;
