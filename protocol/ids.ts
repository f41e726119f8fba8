import { Type } from "typebox";

/**
 * Identifiers that cross a wire. Every one is bounded and of a narrow alphabet, so that none can name
 * a path, break out of a log line or grow without end.
 */
export const Uuid = Type.String({
  pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
});

/** A name that an administrator gives: of a queue, terminal, device, bridge or provider. */
export const Slug = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,62}$" });

/** A person's log-in name, in the form that the directory and the print clients use. */
export const LoginName = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
});

/** Text that people wrote (names, titles, sentences). Always shown escaped. */
export const Text = Type.String({ maxLength: 512 });

/** A sentence for a person. */
export const Sentence = Type.String({ maxLength: 1024 });

/** 32 random bytes or an Ed25519 key, signature or nonce, base64url without padding. */
export const Base64Url = Type.String({
  minLength: 1,
  maxLength: 1024,
  pattern: "^[A-Za-z0-9_-]+$",
});

/** Money in ten-thousandths of the currency unit: 1.50 is 15000. Never a fraction. */
export const Money = Type.Integer({
  minimum: -9_007_199_254_740_991,
  maximum: 9_007_199_254_740_991,
});

/** A count of something that is counted from nothing upwards. */
export const Count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/** A moment for people to read (RFC 3339, UTC). Never compared between two machines. */
export const Moment = Type.String({ minLength: 20, maxLength: 32 });

/** BCP 47 tag of a language that the screen speaks. */
export const Language = Type.String({ pattern: "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", maxLength: 35 });
