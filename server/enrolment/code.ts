import { createHmac, type KeyObject } from "node:crypto";

/** Letters and digits that are not mistaken for one another when they are read out. */
const alphabet = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
const groups = 3;
const groupLength = 4;
export const CODE_RANDOM_BYTES = groups * groupLength;

/** Writes random bytes as a code to be typed: three groups of four, 60 bits. */
export function codeFrom(random: Uint8Array): string {
  if (random.length !== CODE_RANDOM_BYTES) throw new Error("A code takes 12 random bytes.");
  const letters = [...random].map((byte) => alphabet[byte % alphabet.length] ?? "").join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** The keyed hash by which a code is found, however it was typed: case, spaces, O for 0, I or L for 1. */
export function codeFinder(key: KeyObject, typed: string): Buffer {
  const code = typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return createHmac("sha256", key).update(code).digest();
}
