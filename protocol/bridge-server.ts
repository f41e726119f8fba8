import { type Static, Type } from "typebox";
import { DeviceKnowledge, Errand } from "./device-profile.ts";
import { Base64Url, Count, LoginName, Slug, Text, Uuid } from "./ids.ts";
import { ReadingFact } from "./meter.ts";
import { PayingAccount, SharedPayer } from "./paying-account.ts";
import { Preferences } from "./preferences.ts";
import { JobSummary } from "./provider-server.ts";
import { ReaderKey } from "./reader-key.ts";
import { CardNumber, IdentifyRefusal, LinkWay } from "./sign-in.ts";
import { Site } from "./site.ts";

const closed = { additionalProperties: false } as const;

export const Person = Type.Object(
  {
    personId: Uuid,
    login: LoginName,
    displayName: Text,
    ...Preferences.properties,
    role: Type.Union([Type.Literal("user"), Type.Literal("technician")]),
    /** A restricted person cannot release what the balance does not pay for. */
    restricted: Type.Boolean(),
    accounts: Type.Array(PayingAccount, { maxItems: 8 }),
    /** What this person may pay from instead, by name; the first 32. */
    sharedAccounts: Type.Optional(Type.Array(SharedPayer, { maxItems: 32 })),
  },
  { additionalProperties: false },
);
export type Person = Static<typeof Person>;

/** A job of the person, with the provider that holds it. */
export const ListedJob = Type.Object({ provider: Slug, job: JobSummary }, closed);
export type ListedJob = Static<typeof ListedJob>;

export const IdentifyReply = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("known"),
      person: Person,
      jobs: Type.Array(ListedJob, { maxItems: 500 }),
    },
    { additionalProperties: false },
  ),
  /** The card is known; its holder's PIN is asked for here. */
  Type.Object({ kind: Type.Literal("needs-pin") }, { additionalProperties: false }),
  /** Tried wrongly too often: this person, at this terminal, waits so long. Nothing was checked. */
  Type.Object(
    { kind: Type.Literal("slow-down"), seconds: Type.Integer({ minimum: 1, maximum: 3600 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("refused"),
      reason: IdentifyRefusal,
      /** How a card that nobody has can be linked here, if at all. */
      linkBy: Type.Optional(Type.Array(LinkWay, { maxItems: 2 })),
    },
    { additionalProperties: false },
  ),
]);
export type IdentifyReply = Static<typeof IdentifyReply>;

/** POST /api/bridge/person: the same particulars again, for an open session. */
export const PersonRequest = Type.Object(
  {
    personId: Uuid,
    /** The card that opened the session: one that was blocked since ends it. */
    cardNumber: Type.Optional(CardNumber),
  },
  { additionalProperties: false },
);
export type PersonRequest = Static<typeof PersonRequest>;

/** POST /api/bridge/person-by-login: whose job of a direct queue it is. */
export const PersonByLoginRequest = Type.Object({ login: LoginName }, closed);
export type PersonByLoginRequest = Static<typeof PersonByLoginRequest>;

/** One part of a reservation: from which account, in which unit, at most how much. */
export const Leg = Type.Object(
  {
    account: Uuid,
    unit: Type.Union([Type.Literal("money"), Type.Literal("pages")]),
    amount: Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 }),
  },
  { additionalProperties: false },
);
export type Leg = Static<typeof Leg>;

/**
 * POST /api/bridge/reserve: set money aside before anything is printed. All legs or none. Asking again
 * with the same release id gives the same answer; other legs under the same id are a conflict. A
 * release whose end was already journalled cannot be reserved any more: `ended`.
 */
export const ReserveRequest = Type.Object(
  {
    releaseId: Uuid,
    personId: Uuid,
    legs: Type.Array(Leg, { minItems: 1, maxItems: 8 }),
    priceVersion: Type.Integer({ minimum: 1 }),
    device: Slug,
    jobId: Uuid,
  },
  { additionalProperties: false },
);
export type ReserveRequest = Static<typeof ReserveRequest>;

export const ReserveReply = Type.Union([
  Type.Object({ kind: Type.Literal("reserved") }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal("refused"),
      reason: Type.Union([
        Type.Literal("not-enough-credit"),
        Type.Literal("prices-changed"),
        Type.Literal("disabled"),
        Type.Literal("ended"),
        /** An administrator switched the device off, for a while or for good. */
        Type.Literal("device-disabled"),
        /** The device is for members of some groups only. */
        Type.Literal("not-allowed-here"),
        /** The shared account is disabled, or not this person's to pay from any more. */
        Type.Literal("account-closed"),
      ]),
    },
    { additionalProperties: false },
  ),
]);
export type ReserveReply = Static<typeof ReserveReply>;

/** What a settlement rests on, strongest first. */
export const Evidence = Type.Union([
  Type.Literal("job-counters"),
  Type.Literal("device-counter"),
  Type.Literal("completed-state"),
  Type.Literal("never-sent"),
  Type.Literal("person"),
]);
export type Evidence = Static<typeof Evidence>;

/** What a bridge's journal can say to the server. Each is applied once, in order. */
export const JournalFact = Type.Union([
  /** What came out, and what it costs: posted all the same if it is more than was reserved. */
  Type.Object(
    {
      kind: Type.Literal("settle"),
      releaseId: Uuid,
      personId: Uuid,
      legs: Type.Array(Leg, { minItems: 1, maxItems: 8 }),
      impressions: Count,
      wanted: Count,
      evidence: Evidence,
      device: Slug,
      jobId: Uuid,
      /**
       * Counters disagreed by more than the device's profile allows: the lower was charged, and a person
       * shall look at it. What the job counted, and by how much the device's own counter grew.
       */
      review: Type.Optional(
        Type.Object(
          {
            job: Type.Union([Type.Null(), Count]),
            counter: Type.Union([Type.Null(), Count]),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  /** Nothing came out: everything that was reserved, if anything was, goes back. */
  Type.Object(
    { kind: Type.Literal("void"), releaseId: Uuid, personId: Uuid },
    { additionalProperties: false },
  ),
  /** Nobody can know what came out: the reservation goes back, and a person shall decide. */
  Type.Object(
    {
      kind: Type.Literal("uncertain"),
      releaseId: Uuid,
      personId: Uuid,
      jobId: Uuid,
      device: Slug,
      /** What it would cost if all of it came out. */
      legs: Type.Array(Leg, { minItems: 1, maxItems: 8 }),
      /** Sides that certainly came out, and sides that were wanted. */
      atLeast: Count,
      wanted: Count,
      why: Type.Union([
        Type.Literal("device-forgot"),
        Type.Literal("device-restarted"),
        Type.Literal("no-counters"),
        Type.Literal("counters-disagree"),
        Type.Literal("device-gone"),
        /** The journal was put back from an older copy, which does not know what came out. */
        Type.Literal("restored"),
      ]),
    },
    { additionalProperties: false },
  ),
  /** The bridge carried out a person's decision about an uncertain release. */
  Type.Object(
    {
      kind: Type.Literal("decided"),
      releaseId: Uuid,
      personId: Uuid,
      decision: Type.Union([Type.Literal("printed"), Type.Literal("not-printed")]),
      /** What is charged for it: nothing where it was not printed. */
      legs: Type.Array(Leg, { maxItems: 8 }),
    },
    { additionalProperties: false },
  ),
]);
export type JournalFact = Static<typeof JournalFact>;

/** All that a journal tells: what became of releases, and what meters said between them. */
export const ToldFact = Type.Union([JournalFact, ReadingFact]);
export type ToldFact = Static<typeof ToldFact>;

/**
 * POST /api/bridge/journal: a gapless run of a bridge's outbox. The server applies only entries that
 * follow the last one it has of this epoch, each with its effect in one transaction, and answers with
 * the last one applied. Lost, doubled and reordered messages are harmless.
 */
export const JournalBatch = Type.Object(
  {
    epoch: Type.Integer({ minimum: 1 }),
    entries: Type.Array(
      Type.Object({ seq: Type.Integer({ minimum: 1 }), fact: ToldFact }, closed),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { additionalProperties: false },
);
export type JournalBatch = Static<typeof JournalBatch>;

export const JournalReply = Type.Object({ applied: Count }, { additionalProperties: false });
export type JournalReply = Static<typeof JournalReply>;

/** A person's decision about an uncertain release, on its way to the bridge that has it. */
export const Decision = Type.Object(
  {
    releaseId: Uuid,
    decision: Type.Union([Type.Literal("printed"), Type.Literal("not-printed")]),
    /** Sides to charge where it was printed; all that were wanted if left out. */
    impressions: Type.Optional(Count),
  },
  { additionalProperties: false },
);
export type Decision = Static<typeof Decision>;

/** A code by which a screen may be paired with a terminal, as a hash (`screen-code.ts`). */
export const ScreenCode = Type.Object(
  { terminal: Slug, hash: Base64Url, minutes: Type.Integer({ minimum: 1, maximum: 60 }) },
  { additionalProperties: false },
);
export type ScreenCode = Static<typeof ScreenCode>;

/** GET /api/bridge/site?after=N waits up to 25 s for a newer revision of all that a bridge needs. */
export const BridgeSite = Type.Object(
  {
    revision: Count,
    site: Site,
    providers: Type.Array(
      Type.Object(
        { id: Slug, url: Type.String({ maxLength: 512 }), publicKey: Base64Url },
        { additionalProperties: false },
      ),
      { maxItems: 1024 },
    ),
    /** Decisions that this bridge's journal has not answered with `decided` yet. */
    decisions: Type.Array(Decision, { maxItems: 1000 }),
    /** What is known of this bridge's devices beyond what is declared. */
    devices: Type.Optional(Type.Array(DeviceKnowledge, { maxItems: 10_000 })),
    /** Keys of this bridge's OSDP readers. */
    readerKeys: Type.Optional(Type.Array(ReaderKey, { maxItems: 10_000 })),
    /** What this bridge shall do at its devices, and has not told the result of. */
    errands: Type.Optional(Type.Array(Errand, { maxItems: 100 })),
    /**
     * Up to which number the server has the newest epochs of this bridge's journal. A server that was put
     * back from an older copy has less than it once acknowledged, and is told the rest again.
     */
    journal: Type.Optional(
      Type.Array(
        Type.Object(
          { epoch: Type.Integer({ minimum: 1 }), applied: Count },
          { additionalProperties: false },
        ),
        { maxItems: 64 },
      ),
    ),
    /** Codes that are good now for screens of this bridge's terminals. */
    screenCodes: Type.Optional(Type.Array(ScreenCode, { maxItems: 100 })),
  },
  { additionalProperties: false },
);
export type BridgeSite = Static<typeof BridgeSite>;
