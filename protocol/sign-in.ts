import { type Static, Type } from "typebox";
import { LoginName, Slug } from "./ids.ts";
import type { Site } from "./site.ts";

/** Digits that a person types on a PIN pad. Kept as argon2id only. */
export const Pin = Type.String({ pattern: "^[0-9]{4,16}$" });

/** A person's number (of staff, student or library card), typed where there is no badge. */
export const PersonNumber = Type.String({ pattern: "^[0-9]{1,20}$" });

/** What may be typed for a PIN or a password: checked, never stored as it is. */
const Typed = Type.String({ minLength: 1, maxLength: 512 });

export const CardNumber = Type.String({ minLength: 1, maxLength: 128 });

/** How an unknown card is linked: by its holder's name and password, or by a code of the help desk. */
export const LinkWay = Type.Union([Type.Literal("password"), Type.Literal("code")]);
export type LinkWay = Static<typeof LinkWay>;

/**
 * POST /api/bridge/identify: who is at the terminal. Which ways are open is the terminal's, or the
 * site's; the server holds every bridge to it.
 */
export const IdentifyRequest = Type.Union([
  Type.Object(
    {
      /** Left out by bridges of before there were other ways. */
      way: Type.Optional(Type.Literal("card")),
      terminal: Slug,
      /** The canonical card number, after the pipeline. */
      cardNumber: CardNumber,
      /** Once the server has answered `needs-pin`. */
      pin: Type.Optional(Typed),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { way: Type.Literal("number"), terminal: Slug, number: Typed, pin: Typed },
    { additionalProperties: false },
  ),
  Type.Object(
    { way: Type.Literal("password"), terminal: Slug, login: LoginName, password: Typed },
    { additionalProperties: false },
  ),
  /** Links a card that nobody has, and signs its holder in. */
  Type.Object(
    {
      way: Type.Literal("link-by-password"),
      terminal: Slug,
      cardNumber: CardNumber,
      login: LoginName,
      password: Typed,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { way: Type.Literal("link-by-code"), terminal: Slug, cardNumber: CardNumber, code: Typed },
    { additionalProperties: false },
  ),
]);
export type IdentifyRequest = Static<typeof IdentifyRequest>;

/** Why nobody is signed in. */
export const IdentifyRefusal = Type.Union([
  Type.Literal("unknown-card"),
  /** The number, name, PIN, password or code is not right; which of them is not said. */
  Type.Literal("wrong"),
  Type.Literal("disabled"),
  Type.Literal("badge-blocked"),
  Type.Literal("badge-expired"),
  /** A PIN is asked for here, and this person has none. */
  Type.Literal("no-pin"),
  /** Known, but not one of those who may print here. */
  Type.Literal("not-allowed"),
  Type.Literal("account-locked"),
  Type.Literal("password-expired"),
  /** The directory that could say does not answer. */
  Type.Literal("directory-unreachable"),
  /** More people sign in at once than can be checked; nothing was counted. */
  Type.Literal("busy"),
  /** The card cannot be linked: it has an owner by now, or the person has too many. */
  Type.Literal("cannot-link"),
]);
export type IdentifyRefusal = Static<typeof IdentifyRefusal>;

/** The ways in which people may sign in at a terminal. */
export function signInOf(site: Site, terminal: string): SignInPolicy {
  const own = site.terminals.find(({ id }) => id === terminal)?.signIn;
  return {
    ways: own?.ways ?? site.policy.signIn?.ways ?? ["card"],
    linkCards: own?.linkCards ?? site.policy.signIn?.linkCards ?? [],
  };
}

type SignInPolicy = Required<NonNullable<Site["policy"]["signIn"]>>;
