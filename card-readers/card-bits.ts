/**
 * Bits of a card as readers of all makers write them in text: one number, in upper-case hex, whole bytes.
 * A badge so has the same number whichever reader reads it.
 */
export function hexOfBits(bytes: Uint8Array, bits: number): string {
  const counted = bytes.subarray(0, Math.ceil(bits / 8));
  const value =
    BigInt(`0x0${Buffer.from(counted).toString("hex")}`) >> BigInt(counted.length * 8 - bits);
  return hexOf(value, counted.length);
}

/** The same number as text, and with its first bit leftmost in bytes; `value` has no more than `bits`. */
export function cardOfValue(
  value: bigint,
  bits: number,
): { readonly text: string; readonly bytes: Uint8Array } {
  const length = Math.ceil(bits / 8);
  const aligned = hexOf(value << BigInt(length * 8 - bits), length);
  return { text: hexOf(value, length), bytes: Uint8Array.from(Buffer.from(aligned, "hex")) };
}

const hexOf = (value: bigint, bytes: number) =>
  value
    .toString(16)
    .toUpperCase()
    .padStart(bytes * 2, "0");
