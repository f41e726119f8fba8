import { type Static, Type } from "typebox";
import { Count, LoginName, Sentence } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/**
 * POST /api/admin/card-rules/check: what each of these rules from what readers say to card numbers would
 * do to the badges that are known now, those of the directory included. Nothing is changed.
 */
export const RulesCheck = Type.Object(
  { rules: Type.Array(Type.String({ maxLength: 1_000 }), { minItems: 1, maxItems: 8 }) },
  closed,
);
export type RulesCheck = Static<typeof RulesCheck>;

/** A badge of somebody, by its last three characters. */
const Holder = Type.Object(
  {
    login: LoginName,
    end: Type.String({ maxLength: 8 }),
    /** It stands in the directory only. */
    inDirectory: Type.Boolean(),
  },
  closed,
);

/** How far the directory (LDAP) was looked through. */
const DirectoryLooked = Type.Union([
  Type.Object({ kind: Type.Literal("none") }, closed),
  Type.Object({ kind: Type.Literal("whole"), badges: Count }, closed),
  /** It gives no more, has more than are looked at, or takes too long. */
  Type.Object({ kind: Type.Literal("partly"), badges: Count }, closed),
  Type.Object({ kind: Type.Literal("away") }, closed),
]);
export type DirectoryLooked = Static<typeof DirectoryLooked>;

export const RuleChecked = Type.Union([
  Type.Object({ kind: Type.Literal("refused"), sentence: Sentence }, closed),
  Type.Object(
    {
      kind: Type.Literal("checked"),
      /** Badges whose number stays what it is, were it what a reader says. */
      same: Count,
      /** Badges of which the steps would make a number that nobody has. */
      changed: Count,
      /** Badges that the steps take for no card: numbers that are written as they shall be, mostly. */
      noCard: Count,
      /** How many groups of several people would have one number; the first of them by name. */
      collisions: Count,
      shown: Type.Array(Type.Array(Holder, { maxItems: 8 }), { maxItems: 20 }),
    },
    closed,
  ),
]);
export type RuleChecked = Static<typeof RuleChecked>;

export const RulesChecked = Type.Object(
  {
    /** Of people who are known here. */
    badges: Count,
    directory: DirectoryLooked,
    /** One for each that was asked about. */
    rules: Type.Array(RuleChecked, { maxItems: 8 }),
  },
  closed,
);
export type RulesChecked = Static<typeof RulesChecked>;
