import { type Static, Type } from "typebox";
import {
  Base64Url,
  Count,
  Language,
  LoginName,
  Moment,
  Money,
  Sentence,
  Slug,
  Text,
  Uuid,
} from "./ids.ts";

/**
 * What the commands of `guichet` say to the running server, with `Authorization: Bearer <token>`;
 * the token is made at the server's first start and kept in its data folder, readable by its owner.
 */
export const PersonInput = Type.Object(
  {
    login: LoginName,
    displayName: Type.Optional(Text),
    email: Type.Optional(Text),
    language: Type.Optional(Language),
    role: Type.Optional(Type.Union([Type.Literal("user"), Type.Literal("technician")])),
    restricted: Type.Optional(Type.Boolean()),
    /** Typed secret of digits, kept as argon2id only. */
    pin: Type.Optional(Type.String({ pattern: "^[0-9]{4,16}$" })),
    badges: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 16 }),
    ),
    /** First credit, booked once when the person is made. */
    credit: Type.Optional(Money),
  },
  { additionalProperties: false },
);
export type PersonInput = Static<typeof PersonInput>;

/** GET /api/admin/people/<login> */
export const PersonShown = Type.Object(
  {
    personId: Uuid,
    login: LoginName,
    displayName: Text,
    role: Type.String(),
    restricted: Type.Boolean(),
    disabled: Type.Boolean(),
    balance: Money,
    reserved: Money,
    /** Only the last three characters of each card number. */
    badges: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);
export type PersonShown = Static<typeof PersonShown>;

/** POST /api/admin/people/<login>/credit; `id` makes a retry harmless. */
export const CreditRequest = Type.Object(
  { id: Uuid, amount: Money, comment: Text },
  { additionalProperties: false },
);
export type CreditRequest = Static<typeof CreditRequest>;

/** POST /api/admin/people/<login>/badges */
export const BadgeRequest = Type.Object(
  { cardNumber: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
);
export type BadgeRequest = Static<typeof BadgeRequest>;

/** POST /api/admin/enrolment-codes: a code for one named bridge or provider, good once, for a while. */
export const EnrolmentCodeRequest = Type.Object(
  { role: Type.Union([Type.Literal("bridge"), Type.Literal("provider")]), subject: Slug },
  { additionalProperties: false },
);
export type EnrolmentCodeRequest = Static<typeof EnrolmentCodeRequest>;

export const EnrolmentCodeReply = Type.Object(
  {
    code: Type.String(),
    minutes: Count,
    /** The server's Ed25519 key, by which whoever enrols over TLS knows it. */
    serverKey: Base64Url,
  },
  { additionalProperties: false },
);
export type EnrolmentCodeReply = Static<typeof EnrolmentCodeReply>;

/** GET /api/admin/uncertain */
export const UncertainRelease = Type.Object(
  {
    releaseId: Uuid,
    person: LoginName,
    device: Slug,
    bridge: Slug,
    why: Type.String(),
    atLeast: Count,
    wanted: Count,
    /** What it would cost if all of it came out. */
    price: Money,
    since: Moment,
    decision: Type.Union([Type.Null(), Type.Literal("printed"), Type.Literal("not-printed")]),
  },
  { additionalProperties: false },
);
export type UncertainRelease = Static<typeof UncertainRelease>;

export const UncertainReleases = Type.Object(
  { releases: Type.Array(UncertainRelease) },
  { additionalProperties: false },
);
export type UncertainReleases = Static<typeof UncertainReleases>;

/** POST /api/admin/uncertain/<release> answers with what is uncertain then, as the GET does. */
export const DecideRequest = Type.Object(
  {
    decision: Type.Union([Type.Literal("printed"), Type.Literal("not-printed")]),
    impressions: Type.Optional(Count),
  },
  { additionalProperties: false },
);
export type DecideRequest = Static<typeof DecideRequest>;

/** GET /api/admin/books: the ledger's own check of itself. */
export const Books = Type.Object(
  {
    /** Sum of all entries: always 0. */
    sum: Type.Integer(),
    transfers: Count,
    openReservations: Count,
    uncertain: Count,
    sentence: Sentence,
  },
  { additionalProperties: false },
);
export type Books = Static<typeof Books>;
