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
import { CardNumber, PersonNumber, Pin } from "./sign-in.ts";

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
    pin: Type.Optional(Pin),
    /** Typed with the PIN where there is no badge. */
    number: Type.Optional(PersonNumber),
    department: Type.Optional(Text),
    office: Type.Optional(Text),
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
    number: Type.Optional(Type.String()),
    /** Who keeps this person: an administrator, an import, or a directory. */
    source: Type.Optional(Type.String()),
    hasPin: Type.Optional(Type.Boolean()),
    hasPassword: Type.Optional(Type.Boolean()),
    seesCardNumbers: Type.Optional(Type.Boolean()),
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

/** POST /api/admin/people/<login>/badges; until when it is good, for ever where nothing is said. */
export const BadgeRequest = Type.Object(
  { cardNumber: CardNumber, until: Type.Optional(Moment) },
  { additionalProperties: false },
);
export type BadgeRequest = Static<typeof BadgeRequest>;

/**
 * POST /api/admin/people/<login>/badges/change: which of a person's badges, by its whole number or by
 * its end as it is shown, or all of them; and what becomes of it.
 */
export const BadgeChange = Type.Object(
  {
    badge: Type.Union([CardNumber, Type.Null()]),
    change: Type.Union([Type.Literal("block"), Type.Literal("unblock"), Type.Literal("take")]),
  },
  { additionalProperties: false },
);
export type BadgeChange = Static<typeof BadgeChange>;

/** GET /api/admin/people/<login>/badges: what there is, and what became of each, newest first. */
export const BadgesShown = Type.Object(
  {
    login: LoginName,
    badges: Type.Array(
      Type.Object(
        {
          end: Type.String(),
          state: Type.Union([
            Type.Literal("good"),
            Type.Literal("blocked"),
            Type.Literal("expired"),
          ]),
          source: Type.String(),
          until: Type.Union([Type.Null(), Moment]),
        },
        { additionalProperties: false },
      ),
    ),
    history: Type.Array(
      Type.Object(
        {
          at: Moment,
          what: Type.String(),
          end: Type.String(),
          until: Type.Union([Type.Null(), Moment]),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type BadgesShown = Static<typeof BadgesShown>;

/** POST /api/admin/people/<login>: what is named is changed; an empty text takes it away. */
export const PersonChanges = Type.Object(
  {
    displayName: Type.Optional(Text),
    email: Type.Optional(Text),
    department: Type.Optional(Text),
    office: Type.Optional(Text),
    number: Type.Optional(Type.Union([PersonNumber, Type.Literal("")])),
    restricted: Type.Optional(Type.Boolean()),
    disabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type PersonChanges = Static<typeof PersonChanges>;

/** POST /api/admin/people/<login>/rights */
export const RightsRequest = Type.Object(
  {
    /** To see whole card numbers at readers: enough to make a second card. */
    seeCardNumbers: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type RightsRequest = Static<typeof RightsRequest>;

/** POST /api/admin/people/<login>/secrets: a new PIN or password, or null to take it away. */
export const SecretsRequest = Type.Object(
  {
    pin: Type.Optional(Type.Union([Pin, Type.Null()])),
    password: Type.Optional(
      Type.Union([Type.String({ minLength: 8, maxLength: 512 }), Type.Null()]),
    ),
  },
  { additionalProperties: false },
);
export type SecretsRequest = Static<typeof SecretsRequest>;

/** POST /api/admin/people/<login>/link-code: a code by which a person links one card at a terminal. */
export const LinkCodeReply = Type.Object(
  { code: Type.String(), minutes: Count },
  { additionalProperties: false },
);
export type LinkCodeReply = Static<typeof LinkCodeReply>;

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

/** POST /api/admin/screen-codes: a code for the screen of one terminal, good once, for a while. */
export const ScreenCodeRequest = Type.Object({ terminal: Slug }, { additionalProperties: false });
export type ScreenCodeRequest = Static<typeof ScreenCodeRequest>;

export const ScreenCodeReply = Type.Object(
  { code: Type.String(), minutes: Count },
  { additionalProperties: false },
);
export type ScreenCodeReply = Static<typeof ScreenCodeReply>;
