import { type Static, Type } from "typebox";
import { Leg } from "./bridge-server.ts";
import { Count, LoginName, Slug, Uuid } from "./ids.ts";
import { Particulars, PartlyPrinted } from "./particulars.ts";

/**
 * POST /api/bridge/reservations: how the money of these releases stands, and of every other release of
 * this bridge whose money is still set aside. Asked by a bridge whose journal was put back from a copy.
 */
export const ReservationsRequest = Type.Object(
  { releaseIds: Type.Array(Uuid, { maxItems: 5000 }) },
  { additionalProperties: false },
);
export type ReservationsRequest = Static<typeof ReservationsRequest>;

export const KnownReservation = Type.Object(
  {
    releaseId: Uuid,
    personId: Uuid,
    state: Type.Union([
      Type.Literal("pending"),
      Type.Literal("refused"),
      Type.Literal("settled"),
      Type.Literal("voided"),
      Type.Literal("uncertain"),
      Type.Literal("decided"),
    ]),
    /** What was set aside. */
    legs: Type.Array(Leg, { maxItems: 8 }),
    /** Of a settled one: sides that came out, and that were wanted. */
    impressions: Type.Optional(Count),
    wanted: Type.Optional(Count),
  },
  { additionalProperties: false },
);
export type KnownReservation = Static<typeof KnownReservation>;

export const ReservationsReply = Type.Object(
  { reservations: Type.Array(KnownReservation, { maxItems: 10_000 }) },
  { additionalProperties: false },
);
export type ReservationsReply = Static<typeof ReservationsReply>;

/**
 * GET /api/claims/mine: every release of this bridge that has the provider's job, or whose end nobody
 * knows. Asked by a bridge whose journal was put back from a copy.
 */
export const MyClaims = Type.Object(
  {
    claims: Type.Array(
      Type.Object(
        {
          jobId: Uuid,
          releaseId: Uuid,
          fence: Count,
          device: Slug,
          owner: LoginName,
          state: Type.Union([Type.Literal("open"), Type.Literal("uncertain")]),
          particulars: Particulars,
        },
        { additionalProperties: false },
      ),
      { maxItems: 5000 },
    ),
  },
  { additionalProperties: false },
);
export type MyClaims = Static<typeof MyClaims>;

/**
 * POST /api/claims/ended: how releases ended that a provider, put back from an older copy, may have
 * forgotten. It takes what it did not know, and changes nothing that it knows better.
 */
export const EndedReleases = Type.Object(
  {
    releases: Type.Array(
      Type.Object(
        {
          jobId: Uuid,
          releaseId: Uuid,
          device: Slug,
          outcome: Type.Union([
            Type.Literal("printed"),
            Type.Literal("given-back"),
            Type.Literal("uncertain"),
          ]),
          partlyPrinted: Type.Optional(PartlyPrinted),
        },
        { additionalProperties: false },
      ),
      { maxItems: 200 },
    ),
  },
  { additionalProperties: false },
);
export type EndedReleases = Static<typeof EndedReleases>;

export const EndedReleasesReply = Type.Object({ taken: Count }, { additionalProperties: false });
export type EndedReleasesReply = Static<typeof EndedReleasesReply>;
