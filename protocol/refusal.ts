import { type Static, Type } from "typebox";
import { Sentence } from "./ids.ts";

/**
 * The body of every HTTP answer that is not a success, from every role: a code for programs and a
 * sentence for people.
 */
export const Refusal = Type.Object(
  {
    error: Type.Union([
      Type.Literal("bad-request"),
      Type.Literal("not-authenticated"),
      Type.Literal("not-allowed"),
      Type.Literal("not-found"),
      Type.Literal("conflict"),
      Type.Literal("too-large"),
      Type.Literal("too-many"),
      Type.Literal("no-space"),
      Type.Literal("internal"),
    ]),
    sentence: Sentence,
  },
  { additionalProperties: false },
);
export type Refusal = Static<typeof Refusal>;

/** The HTTP status that goes with each code. */
export const statusOf: Record<Refusal["error"], number> = {
  "bad-request": 400,
  "not-authenticated": 401,
  "not-allowed": 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "too-many": 429,
  "no-space": 507,
  internal: 500,
};
