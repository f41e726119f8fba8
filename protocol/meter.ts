import { type Static, Type } from "typebox";
import { Count, Slug, Text } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/** Since 1970. */
const Milliseconds = Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 });

/** A day of the calendar where the device stands, such as 2026-11-22. */
export const Day = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });

/**
 * What a device's own meter said while it was at rest and no release had it. It stands in the journal
 * between the settlements, so that which of them it has counted follows from the order, and no clock of
 * one machine is compared with another's.
 */
export const ReadingFact = Type.Object(
  {
    kind: Type.Literal("reading"),
    device: Slug,
    /** The bridge's clock, milliseconds since 1970; only ever compared with itself. */
    at: Milliseconds,
    day: Day,
    /** Sides printed in its life. None where it has no meter of sides. */
    sides: Type.Optional(Count),
    meter: Type.Union([Type.Literal("ipp"), Type.Literal("snmp"), Type.Literal("none")]),
    /** The device's own identity, `urn:uuid:…`, where it tells one: another one has another meter. */
    uuid: Type.Optional(Text),
  },
  closed,
);
export type ReadingFact = Static<typeof ReadingFact>;

/** Why what lies between two readings is told, and not counted. */
export const MeterGap = Type.Union([
  Type.Literal("not-read"),
  Type.Literal("device-replaced"),
  Type.Literal("counter-fell"),
  Type.Literal("other-meter"),
]);
export type MeterGap = Static<typeof MeterGap>;

/** A stretch of time between two readings that a person should know of. */
export const MeterEvent = Type.Object(
  {
    /** Milliseconds since 1970, the bridge's clock. */
    from: Milliseconds,
    to: Milliseconds,
    moved: Type.Integer(),
    accounted: Count,
    /** Sides of uncertain releases in it: up to so many more may belong to these. */
    uncertain: Count,
    gap: Type.Union([Type.Null(), MeterGap]),
  },
  closed,
);
export type MeterEvent = Static<typeof MeterEvent>;

/**
 * GET /api/admin/shadow?days=N: for each day and device what its meter moved by, what releases account
 * for, and what went around the kiosk. Newest day first; `events` only where the two differ.
 */
export const ShadowReport = Type.Object(
  {
    /** Whether nobody is charged now. */
    shadow: Type.Boolean(),
    rows: Type.Array(
      Type.Object(
        {
          day: Day,
          device: Slug,
          name: Text,
          moved: Count,
          accounted: Count,
          /** Sides that no release accounts for; negative where releases account for more than came out. */
          around: Type.Integer(),
          uncertain: Count,
          /** What would have been charged, in ten-thousandths. */
          charged: Type.Integer(),
          events: Type.Array(MeterEvent, { maxItems: 1000 }),
        },
        closed,
      ),
    ),
    /** Devices that are not compared at all, and why. */
    without: Type.Array(
      Type.Object(
        {
          device: Slug,
          name: Text,
          why: Type.Union([Type.Literal("never-read"), Type.Literal("no-meter")]),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ShadowReport = Static<typeof ShadowReport>;

/** 1 to 366 days. In an address every value is text. */
export const ShadowQuestion = Type.Object(
  { days: Type.Optional(Type.String({ pattern: "^([1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6])$" })) },
  closed,
);
