import { type Static, Type } from "typebox";
import { Count, LoginName, Sentence } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/**
 * POST /api/admin/card-rules/check: what steps from what readers say to card numbers would do to the
 * badges that are known now. Nothing is changed.
 */
export const RulesCheck = Type.Object({ cardNumbers: Type.String({ maxLength: 1_000 }) }, closed);
export type RulesCheck = Static<typeof RulesCheck>;

/** A badge of somebody, by its last three characters. */
const Holder = Type.Object({ login: LoginName, end: Type.String({ maxLength: 8 }) }, closed);

export const RulesChecked = Type.Union([
  Type.Object({ kind: Type.Literal("refused"), sentence: Sentence }, closed),
  Type.Object(
    {
      kind: Type.Literal("checked"),
      badges: Count,
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
export type RulesChecked = Static<typeof RulesChecked>;
