import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { SealBroken } from "./seal-broken.ts";

const version = 1;
const wrappedBytes = 1 + 12 + 32 + 16;

/** A new random key of 32 bytes, for one job's documents. */
export function newKey(): KeyObject {
  return createSecretKey(randomBytes(32));
}

/**
 * Seals a key so that it may be stored in a database: deleting the result erases what the key sealed
 * (cryptographic erasure, NIST SP 800-88). `context` names what the key is for; it opens for that only.
 */
export function wrapKey(options: {
  wrappingKey: KeyObject;
  key: KeyObject;
  context: string;
}): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", options.wrappingKey, nonce);
  cipher.setAAD(Buffer.from(options.context));
  const sealed = cipher.update(options.key.export());
  return Buffer.concat([
    Buffer.from([version]),
    nonce,
    sealed,
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** Opens a wrapped key. Throws SealBroken when it was changed, or is of another context or site. */
export function unwrapKey(options: {
  wrappingKey: KeyObject;
  wrapped: Uint8Array;
  context: string;
}): KeyObject {
  const { wrapped, wrappingKey, context } = options;
  if (wrapped.length !== wrappedBytes || wrapped[0] !== version) throw broken(context);
  const decipher = createDecipheriv("aes-256-gcm", wrappingKey, wrapped.subarray(1, 13), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(wrapped.subarray(wrappedBytes - 16));
  const key = decipher.update(wrapped.subarray(13, wrappedBytes - 16));
  try {
    decipher.final();
  } catch (error) {
    throw broken(context, error);
  }
  return createSecretKey(key);
}

function broken(context: string, cause?: unknown): SealBroken {
  return new SealBroken(
    `The key of ${context} does not open with the site key here. Was the site key replaced?`,
    cause,
  );
}
