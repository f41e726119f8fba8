import { type Static, Type } from "typebox";
import { Count, Moment, Slug, Text, Uuid } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/**
 * What is counted, as a probe found it: printed sides, or sheets of paper, or nothing that can be
 * believed.
 */
export const Counted = Type.Union([
  Type.Literal("sides"),
  Type.Literal("sheets"),
  Type.Literal("none"),
]);
export type Counted = Static<typeof Counted>;

/** Whether a wish is done as it is told; `unknown` where nothing at the device could tell. */
export const Honoured = Type.Union([
  Type.Literal("yes"),
  Type.Literal("no"),
  Type.Literal("unknown"),
]);
export type Honoured = Static<typeof Honoured>;

/**
 * What a device is like, as `guichet probe` graded it by printing on it. It sets what a settlement at
 * this device may rest on. Without a profile a device is taken as the standards describe one.
 */
export const DeviceProfile = Type.Object(
  {
    probedAt: Moment,
    makeAndModel: Type.Optional(Text),
    /** `urn:uuid:…` of the device that was probed: another one at the same address is not graded. */
    uuid: Type.Optional(Text),
    ippVersion: Type.Union([Type.Literal("1.1"), Type.Literal("2.0")]),
    /** Create-Job and Send-Document; else only Print-Job, whose job is known when all of it was sent. */
    createsJobs: Type.Boolean(),
    formats: Type.Array(Type.String({ maxLength: 127 }), { maxItems: 100 }),
    /** What the counts of a job are, at its end. */
    jobCounts: Counted,
    /** The job tells sides in colour apart, and right. */
    colourSplit: Type.Boolean(),
    /** A job's count falls to zero when it is completed: the highest one seen before stands. */
    zeroAtEnd: Type.Boolean(),
    /** A job's count runs ahead of the paper. */
    countsAhead: Type.Boolean(),
    /** An ended job can still be asked about. */
    keepsHistory: Type.Boolean(),
    /** `completed` is said while pages still come out. */
    completesEarly: Type.Boolean(),
    /** The device's own counter: what it counts, where it is read, what it adds to each job. */
    deviceCounts: Counted,
    deviceCounter: Type.Union([Type.Literal("ipp"), Type.Literal("snmp"), Type.Literal("none")]),
    deviceCountsExtra: Type.Integer({ minimum: 0, maximum: 100 }),
    copies: Honoured,
    pageRanges: Honoured,
    twoSided: Honoured,
    busyWhilePrinting: Type.Boolean(),
    /** Refused connections for a while and then took them. */
    sleeps: Type.Boolean(),
    asksPassword: Type.Boolean(),
    snmp: Type.Boolean(),
    /** What its scanner says it has; none without eSCL. */
    escl: Type.Optional(
      Type.Object({ version: Text, flatbed: Type.Boolean(), feeder: Type.Boolean() }, closed),
    ),
  },
  closed,
);
export type DeviceProfile = Static<typeof DeviceProfile>;

/** SHA-256 of a device's public key, hexadecimal. */
export const KeyPin = Type.String({ pattern: "^[0-9a-f]{64}$" });

/** A name and password that a device asks for. Sealed wherever it is stored, never logged. */
export const DeviceCredentials = Type.Object(
  {
    user: Type.String({ minLength: 1, maxLength: 128 }),
    password: Type.String({ maxLength: 256 }),
  },
  closed,
);
export type DeviceCredentials = Static<typeof DeviceCredentials>;

/** What a bridge is told of one of its devices beyond what was declared. */
export const DeviceKnowledge = Type.Object(
  {
    device: Slug,
    profile: Type.Optional(DeviceProfile),
    /** The key that the device must show over TLS. */
    key: Type.Optional(KeyPin),
    credentials: Type.Optional(DeviceCredentials),
  },
  closed,
);
export type DeviceKnowledge = Static<typeof DeviceKnowledge>;

/** Something that a person wants a bridge to do at one of its devices, once. */
export const Errand = Type.Object(
  {
    errandId: Uuid,
    device: Slug,
    /** `key`: which key it shows. `look`: reads only. `print`: reads, and prints test pages. */
    kind: Type.Union([Type.Literal("key"), Type.Literal("look"), Type.Literal("print")]),
    /** The key that the person trusts for this errand, before it is pinned. */
    key: Type.Optional(KeyPin),
  },
  closed,
);
export type Errand = Static<typeof Errand>;

/** What came of an errand. */
export const ErrandResult = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("probed"),
      profile: DeviceProfile,
      /** What was seen, in plain words, one line each. */
      findings: Type.Array(Text, { maxItems: 100 }),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("key"),
      /** None where the device speaks no TLS. */
      key: Type.Union([Type.Null(), KeyPin]),
      subject: Text,
      validTo: Text,
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal("failed"), sentence: Text }, closed),
]);
export type ErrandResult = Static<typeof ErrandResult>;

/** POST /api/bridge/errands/<id>: the bridge tells what came of it. Again: no harm. */
export const ErrandDone = Type.Object({ result: ErrandResult }, closed);
export type ErrandDone = Static<typeof ErrandDone>;

/** POST /api/admin/devices/<device>/errands answers with its id. */
export const ErrandRequest = Type.Object(
  { kind: Errand.properties.kind, key: Type.Optional(KeyPin) },
  closed,
);
export type ErrandRequest = Static<typeof ErrandRequest>;
export const ErrandMade = Type.Object({ errandId: Uuid }, closed);

/** GET /api/admin/errands/<id> */
export const ErrandShown = Type.Object({ result: Type.Union([Type.Null(), ErrandResult]) }, closed);

/** GET /api/admin/devices: what is declared and what is known of each. Never a password. */
export const DevicesShown = Type.Object(
  {
    devices: Type.Array(
      Type.Object(
        {
          device: Slug,
          name: Text,
          url: Text,
          bridge: Slug,
          profile: Type.Union([Type.Null(), DeviceProfile]),
          key: Type.Union([Type.Null(), KeyPin]),
          user: Type.Union([Type.Null(), Text]),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type DevicesShown = Static<typeof DevicesShown>;

/** POST /api/admin/devices/<device>: sets what is given; null takes it away. */
export const DeviceChange = Type.Object(
  {
    profile: Type.Optional(Type.Union([Type.Null(), DeviceProfile])),
    key: Type.Optional(Type.Union([Type.Null(), KeyPin])),
    credentials: Type.Optional(Type.Union([Type.Null(), DeviceCredentials])),
  },
  closed,
);
export type DeviceChange = Static<typeof DeviceChange>;

/** GET /api/admin/review: settlements at which counters disagreed, and the lower was charged. */
export const ReviewShown = Type.Object(
  {
    releases: Type.Array(
      Type.Object(
        {
          releaseId: Uuid,
          person: Text,
          device: Slug,
          charged: Count,
          wanted: Count,
          job: Type.Union([Type.Null(), Count]),
          counter: Type.Union([Type.Null(), Count]),
          since: Moment,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ReviewShown = Static<typeof ReviewShown>;
