import { type Static, Type } from "typebox";
import { Count, Uuid } from "./ids.ts";
import { IdentifyRefusal, LinkWay } from "./sign-in.ts";

/** What keeps somebody from being signed in, while they type. */
export const SignInProblem = Type.Union([
  IdentifyRefusal,
  Type.Literal("slow-down"),
  Type.Literal("server-unreachable"),
  Type.Literal("try-again"),
]);
export type SignInProblem = Static<typeof SignInProblem>;

/** Somebody signs in by typing. What they type is never in a view. */
export const SignInView = Type.Object(
  {
    signInId: Uuid,
    /** `link`: the card is unknown, and its holder chooses how to link it. */
    step: Type.Union([
      Type.Literal("pin"),
      Type.Literal("number"),
      Type.Literal("password"),
      Type.Literal("link"),
      Type.Literal("link-code"),
      Type.Literal("link-password"),
    ]),
    /** What was typed is being checked. */
    checking: Type.Boolean(),
    problem: Type.Union([Type.Null(), SignInProblem]),
    /** With `slow-down`: milliseconds until the next try, when this view was made. */
    waitMs: Count,
    /** How the card can be linked here. */
    linkBy: Type.Array(LinkWay, { maxItems: 2 }),
  },
  { additionalProperties: false },
);
export type SignInView = Static<typeof SignInView>;

/** What somebody asks for who is not signed in yet; a part of the intents of `protocol/kiosk.ts`. */
export const SignInIntents = [
  /** Nobody is here yet, and somebody wants to sign in without a card. */
  Type.Object(
    {
      kind: Type.Literal("sign-in-start"),
      way: Type.Union([Type.Literal("number-pin"), Type.Literal("name-password")]),
    },
    { additionalProperties: false },
  ),
  /** How the unknown card is to be linked. */
  Type.Object(
    { kind: Type.Literal("sign-in-choose"), signInId: Uuid, way: LinkWay },
    { additionalProperties: false },
  ),
  /** What was typed. Never stored, logged or shown. */
  Type.Object(
    {
      kind: Type.Literal("sign-in"),
      signInId: Uuid,
      /** The number or log-in name, where the step asks for one. */
      name: Type.Optional(Type.String({ maxLength: 128 })),
      /** The PIN, password or code. */
      secret: Type.String({ minLength: 1, maxLength: 512 }),
    },
    { additionalProperties: false },
  ),
  /** Somebody is still typing. */
  Type.Object(
    { kind: Type.Literal("sign-in-touch"), signInId: Uuid },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal("sign-in-cancel"), signInId: Uuid },
    { additionalProperties: false },
  ),
] as const;
