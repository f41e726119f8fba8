import { type Static, Type } from "typebox";
import { Base64Url, Count, LoginName, Moment, Slug } from "./ids.ts";

/** What a print client sent for a name or password: checked, never stored as it is. */
const Typed = Type.String({ minLength: 1, maxLength: 512 });

/** POST /api/provider/check-password: name and password of a print client, or of the drop page. */
export const PasswordQuestion = Type.Object(
  {
    login: LoginName,
    password: Typed,
    /** Where it was typed: wrong tries are counted for the person and this address. */
    address: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
);
export type PasswordQuestion = Static<typeof PasswordQuestion>;

export const PasswordReply = Type.Union([
  /** With the name as the site writes it. */
  Type.Object({ kind: Type.Literal("right"), login: LoginName }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal("wrong") }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal("slow-down"), seconds: Count }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal("refused"),
      reason: Type.Union([
        Type.Literal("disabled"),
        Type.Literal("not-allowed"),
        Type.Literal("account-locked"),
        Type.Literal("password-expired"),
        Type.Literal("directory-unreachable"),
        Type.Literal("busy"),
      ]),
    },
    { additionalProperties: false },
  ),
]);
export type PasswordReply = Static<typeof PasswordReply>;

/** POST /api/provider/person: whether somebody of this site has a name that a client told. */
export const NameQuestion = Type.Object({ name: LoginName }, { additionalProperties: false });
export type NameQuestion = Static<typeof NameQuestion>;

export const NameReply = Type.Union([
  Type.Object({ kind: Type.Literal("person"), login: LoginName }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal("nobody") }, { additionalProperties: false }),
  /** The directory that could say does not answer. */
  Type.Object({ kind: Type.Literal("unknown") }, { additionalProperties: false }),
]);
export type NameReply = Static<typeof NameReply>;

/**
 * GET /api/provider/addresses?after=N waits up to 25 s for secret addresses that were made or revoked
 * after a revision. `whole`: it begins anew, and the provider forgets what it has.
 */
export const AddressFeed = Type.Object(
  {
    revision: Count,
    whole: Type.Boolean(),
    /** The key under which the server made the finders (HMAC-SHA-256). */
    key: Base64Url,
    addresses: Type.Array(
      Type.Object(
        { finder: Base64Url, queue: Slug, login: LoginName },
        { additionalProperties: false },
      ),
      { maxItems: 200_000 },
    ),
    revoked: Type.Array(Base64Url, { maxItems: 200_000 }),
  },
  { additionalProperties: false },
);
export type AddressFeed = Static<typeof AddressFeed>;

/** POST /api/admin/people/<login>/addresses: a secret address of a queue; told once, stored nowhere. */
export const AddressRequest = Type.Object({ queue: Slug }, { additionalProperties: false });
export type AddressRequest = Static<typeof AddressRequest>;

export const AddressReply = Type.Object(
  { address: Type.String() },
  { additionalProperties: false },
);
export type AddressReply = Static<typeof AddressReply>;

/** POST /api/admin/people/<login>/addresses/revoke: the one that ends so, or all. */
export const AddressRevocation = Type.Object(
  { end: Type.Union([Type.Null(), Type.String({ minLength: 4, maxLength: 27 })]) },
  { additionalProperties: false },
);
export type AddressRevocation = Static<typeof AddressRevocation>;

/** GET /api/admin/people/<login>/addresses, newest first. */
export const AddressesShown = Type.Object(
  {
    addresses: Type.Array(
      Type.Object(
        {
          queue: Slug,
          end: Type.String(),
          made: Moment,
          revoked: Type.Union([Type.Null(), Moment]),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type AddressesShown = Static<typeof AddressesShown>;
