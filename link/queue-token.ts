import { createHmac, type KeyObject } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const letters = 26;

/** How many random bytes a token takes; each gives five bits, so that nobody finds one by trying. */
export const queueTokenBytes = letters;

/**
 * Random bytes as the secret part of an address: letters and digits that every client leaves alone, and
 * that no job's number can be taken for.
 */
export function queueTokenFrom(random: Uint8Array): string {
  if (random.length !== queueTokenBytes) throw new Error("A token takes 26 random bytes.");
  return `u${[...random].map((byte) => alphabet[byte & 31]).join("")}`;
}

/** The keyed hash (HMAC-SHA-256) by which a token is found: the token itself is stored nowhere. */
export function queueTokenFinder(key: KeyObject | Uint8Array, token: string): Buffer {
  return createHmac("sha256", key).update(`queue address ${token}`).digest();
}
