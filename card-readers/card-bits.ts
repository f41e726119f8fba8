import { hexOf } from "./numbers/digits.ts";

/**
 * Bits of a card as readers of all makers write them in text: one number, in upper-case hex, whole bytes.
 * A badge so has the same number whichever reader reads it.
 */
export function hexOfBits(bytes: Uint8Array, bits: number): string {
  const counted = bytes.subarray(0, Math.ceil(bits / 8));
  const value =
    BigInt(`0x0${Buffer.from(counted).toString("hex")}`) >> BigInt(counted.length * 8 - bits);
  return hexOf(value, counted.length * 2);
}

/** The same number as text, and with its first bit leftmost in bytes; `value` has no more than `bits`. */
export function cardOfValue(
  value: bigint,
  bits: number,
): { readonly text: string; readonly bytes: Uint8Array } {
  const digits = Math.ceil(bits / 8) * 2;
  const aligned = hexOf(value << BigInt(digits * 4 - bits), digits);
  return { text: hexOf(value, digits), bytes: Uint8Array.from(Buffer.from(aligned, "hex")) };
}
