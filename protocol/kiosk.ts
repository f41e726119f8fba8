import { type Static, Type } from "typebox";
import { CountedDocument } from "./counted-document.ts";
import { CannotDo } from "./handling.ts";
import { Count, Language, Moment, Money, Slug, Text, Uuid } from "./ids.ts";
import { KeyboardSettings } from "./keyboard-reader.ts";
import { DeletionView, EaseIntents, PayingView } from "./kiosk-ease.ts";
import { SignInIntents, SignInView } from "./kiosk-sign-in.ts";
import { MissingView } from "./missing-jobs.ts";
import { PartlyPrinted } from "./particulars.ts";
import { TimeFactor } from "./preferences.ts";
import { JobSettings, Settable } from "./print-settings.ts";
import { Appearance, PriceRule, SignInWay } from "./site.ts";
import { CodeView } from "./unclaimed.ts";

/** What keeps a device from printing, in the person's terms. */
export const DeviceProblem = Type.Union([
  Type.Literal("paper-jam"),
  Type.Literal("out-of-paper"),
  Type.Literal("out-of-toner"),
  Type.Literal("door-open"),
  Type.Literal("output-full"),
  Type.Literal("paused"),
  Type.Literal("needs-attention"),
  Type.Literal("unreachable"),
  /** It shows another key than the one that a person has trusted. */
  Type.Literal("key-changed"),
]);
export type DeviceProblem = Static<typeof DeviceProblem>;

export const DeviceView = Type.Object(
  {
    id: Slug,
    name: Text,
    state: Type.Union([Type.Literal("ready"), Type.Literal("busy"), Type.Literal("blocked")]),
    /** What blocks it, worst first. Warnings that do not stop printing are not told here. */
    problems: Type.Array(DeviceProblem, { maxItems: 8 }),
    /** What a side costs here, for the screen to reckon with while settings are changed. */
    prices: Type.Optional(PriceRule),
    /** It has no colour: whatever is printed here is printed, and paid, in grey. */
    greyOnly: Type.Optional(Type.Literal(true)),
    /** What a person may set at a release here; nothing where nothing is said. */
    settable: Type.Optional(Type.Array(Settable, { maxItems: 3 })),
  },
  { additionalProperties: false },
);
export type DeviceView = Static<typeof DeviceView>;

const CannotAt = Type.Object(
  { device: Slug, cannot: Type.Array(CannotDo, { minItems: 1, maxItems: 16 }) },
  { additionalProperties: false },
);
export type CannotAt = Static<typeof CannotAt>;

export const DocumentView = Type.Object(
  {
    jobId: Uuid,
    title: Text,
    submittedAt: Moment,
    state: Type.Union([
      Type.Literal("ready"),
      Type.Literal("analysing"),
      Type.Literal("printing"),
      Type.Literal("uncertain"),
      Type.Literal("refused"),
    ]),
    /** Present once the document is counted. */
    counted: Type.Optional(CountedDocument),
    partlyPrinted: Type.Optional(PartlyPrinted),
    /** What of it some of the terminal's devices cannot do; it is refused there. */
    cannotAt: Type.Optional(Type.Array(CannotAt, { maxItems: 32 })),
    /** Why a refused document cannot be printed: a `RefusedBecause`, or one that is newer than the screen. */
    refusedBecause: Type.Optional(Slug),
    /** It comes from a backup and may have been printed before: only this person can know. */
    maybePrinted: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type DocumentView = Static<typeof DocumentView>;

/** How a release ended, and what it did to the person's money. */
export const Outcome = Type.Union([
  Type.Object(
    { kind: Type.Literal("printed"), impressions: Count, charged: Money },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("partly-printed"),
      impressions: Count,
      wanted: Count,
      charged: Money,
      givenBack: Money,
      problem: Type.Optional(DeviceProblem),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("not-printed"),
      reason: Type.Union([
        Type.Literal("not-enough-credit"),
        Type.Literal("device-refused"),
        Type.Literal("device-unreachable"),
        Type.Literal("document-unreachable"),
        Type.Literal("server-unreachable"),
        Type.Literal("printed-elsewhere"),
        Type.Literal("gone"),
        Type.Literal("cancelled"),
        Type.Literal("prices-changed"),
        Type.Literal("stopped"),
        Type.Literal("waiting-for-decision"),
        Type.Literal("device-cannot"),
        /** Switched off: this person, this device, or the account that should pay; or for others only. */
        Type.Literal("person-disabled"),
        Type.Literal("device-disabled"),
        Type.Literal("account-closed"),
        Type.Literal("not-allowed-here"),
      ]),
      /** With `device-cannot`: what of the job this device cannot do. */
      cannot: Type.Optional(Type.Array(CannotDo, { maxItems: 16 })),
    },
    { additionalProperties: false },
  ),
  /** Nobody can know what came out: not charged, and a person looks at it. */
  Type.Object({ kind: Type.Literal("uncertain") }, { additionalProperties: false }),
]);
export type Outcome = Static<typeof Outcome>;

export const ReleaseView = Type.Object(
  {
    releaseId: Uuid,
    jobId: Uuid,
    title: Text,
    device: Slug,
    phase: Type.Union([
      Type.Literal("waiting"),
      Type.Literal("preparing"),
      Type.Literal("sending"),
      Type.Literal("printing"),
      Type.Literal("ended"),
    ]),
    impressions: Count,
    wanted: Count,
    problem: Type.Optional(DeviceProblem),
    outcome: Type.Optional(Outcome),
  },
  { additionalProperties: false },
);
export type ReleaseView = Static<typeof ReleaseView>;

export const SessionView = Type.Object(
  {
    sessionId: Uuid,
    displayName: Text,
    language: Type.Optional(Language),
    /** What the person's own money account holds, and what can still be spent from what pays. */
    balance: Money,
    available: Money,
    /** Whether `available` is a limit that the screen holds the person to; it is where nothing is said. */
    restricted: Type.Optional(Type.Boolean()),
    documents: Type.Array(DocumentView, { maxItems: 500 }),
    /** Releases of this session, oldest first, those that ended included until log-out. */
    releases: Type.Array(ReleaseView, { maxItems: 500 }),
    /** Milliseconds until log-out when this view was made; the bridge decides, the screen shows. */
    logOutInMs: Count,
    /** The bridge warns: the screen must ask whether the person is still there. */
    warning: Type.Boolean(),
    /** How much longer than usual the person may take, and whether the screen has strong contrast. */
    time: Type.Optional(TimeFactor),
    contrast: Type.Optional(Type.Boolean()),
    deletion: Type.Optional(DeletionView),
    /** Documents that could not be deleted after all; they are in the list again. */
    notDeleted: Type.Optional(Count),
    /** Once the person asked for it. */
    missing: Type.Optional(MissingView),
    paying: Type.Optional(PayingView),
    code: Type.Optional(CodeView),
  },
  { additionalProperties: false },
);
export type SessionView = Static<typeof SessionView>;

/** Everything that a terminal's screen may show. Always sent whole, with a growing revision. */
export const TerminalView = Type.Object(
  {
    terminal: Type.Object({ id: Slug, name: Text }, { additionalProperties: false }),
    appearance: Appearance,
    server: Type.Union([Type.Literal("reachable"), Type.Literal("unreachable")]),
    reader: Type.Union([Type.Literal("ready"), Type.Literal("missing")]),
    devices: Type.Array(DeviceView, { maxItems: 32 }),
    /** A badge was read and is being looked up. */
    identifying: Type.Boolean(),
    /** Why the last tap did not open a session; shown for a few seconds. */
    refusal: Type.Union([
      Type.Null(),
      Type.Literal("unknown-card"),
      Type.Literal("disabled"),
      Type.Literal("badge-blocked"),
      Type.Literal("badge-expired"),
      /** It tells another number at every tap: nobody's badge, and never linked. */
      Type.Literal("changing-card"),
      Type.Literal("no-pin"),
      Type.Literal("not-allowed"),
      Type.Literal("directory-unreachable"),
      Type.Literal("server-unreachable"),
      Type.Literal("try-again"),
    ]),
    /** Ways of signing in that are open here; by card where nothing is said. */
    signInWays: Type.Optional(Type.Array(SignInWay, { maxItems: 4 })),
    signIn: Type.Optional(Type.Union([Type.Null(), SignInView])),
    /** Names and titles show their first letters only, until the person touches them. */
    maskNames: Type.Optional(Type.Boolean()),
    /** Of a reader that acts as a keyboard of the screen's machine, where the terminal has one. */
    keyboardReader: Type.Optional(KeyboardSettings),
    session: Type.Union([Type.Null(), SessionView]),
  },
  { additionalProperties: false },
);
export type TerminalView = Static<typeof TerminalView>;

/** What a person asks for. The session id keeps a late touch from acting for the next person. */
export const Intent = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("print"),
      sessionId: Uuid,
      jobIds: Type.Array(Uuid, { minItems: 1, maxItems: 500 }),
      device: Slug,
      /** Documents that are to be printed otherwise than they were sent. */
      settings: Type.Optional(Type.Array(JobSettings, { maxItems: 500 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("delete"),
      sessionId: Uuid,
      jobIds: Type.Array(Uuid, { minItems: 1, maxItems: 500 }),
    },
    { additionalProperties: false },
  ),
  /** Stops a release; what came out until then is charged. */
  Type.Object(
    { kind: Type.Literal("cancel"), sessionId: Uuid, releaseId: Uuid },
    { additionalProperties: false },
  ),
  /** The person is still there: a touch, or the answer to the warning. */
  Type.Object({ kind: Type.Literal("stay"), sessionId: Uuid }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal("language"), sessionId: Uuid, language: Language },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal("log-out"), sessionId: Uuid }, { additionalProperties: false }),
  ...EaseIntents,
  ...SignInIntents,
]);
export type Intent = Static<typeof Intent>;

const closed = { additionalProperties: false } as const;

/** Kiosk to bridge. The id is made by the kiosk, once for each press, and sent again on a retry. */
export const ToBridge = Type.Union([
  Type.Object({ type: Type.Literal("hello"), protocol: Type.Integer() }, closed),
  Type.Object({ type: Type.Literal("intent"), id: Uuid, intent: Intent }, closed),
  /** The screen's keyboard reader read a card. It is a tap as any other, and never said again. */
  Type.Object(
    { type: Type.Literal("card"), text: Type.String({ minLength: 1, maxLength: 128 }) },
    closed,
  ),
  /** Sent every few seconds; silence on either side means that the link is gone. */
  Type.Object({ type: Type.Literal("ping") }, closed),
]);
export type ToBridge = Static<typeof ToBridge>;

/** Bridge to kiosk. */
export const ToKiosk = Type.Union([
  Type.Object({ type: Type.Literal("view"), revision: Count, view: TerminalView }, closed),
  /** An intent was stored and will be carried out, or why not. */
  Type.Object(
    {
      type: Type.Literal("answer"),
      id: Uuid,
      result: Type.Union([
        Type.Literal("accepted"),
        Type.Literal("session-over"),
        Type.Literal("not-possible"),
        Type.Literal("unreachable"),
      ]),
    },
    closed,
  ),
  /** The page is of another build than the bridge: load it anew. */
  Type.Object({ type: Type.Literal("reload") }, closed),
  Type.Object({ type: Type.Literal("pong") }, closed),
]);
export type ToKiosk = Static<typeof ToKiosk>;
