/**
 * Arithmetic on the digits of card numbers. UIDs of seven bytes and more do not fit a double, so all of
 * it is BigInt. Each gives undefined for a text that it is not about.
 */

/** No reader sends more, and no step makes more. */
export const longestText = 128;

const isHex = (text: string) => /^[0-9A-Fa-f]+$/.test(text) && text.length <= longestText;
const isDecimal = (text: string) => /^[0-9]+$/.test(text) && text.length <= longestText;

/** The number that hexadecimal digits mean. */
export function hexValue(text: string): bigint | undefined {
  return isHex(text) ? BigInt(`0x${text}`) : undefined;
}

/** Upper case, without zeros in front but for a zero alone, or with as many as `digits` asks for. */
export function hexOf(value: bigint, digits = 1): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

/** 946EBD28 → 2490285352. */
export function hexToDecimal(text: string): string | undefined {
  return hexValue(text)?.toString();
}

/** 2490285352 → 946EBD28. */
export function decimalToHex(text: string, digits = 1): string | undefined {
  return isDecimal(text) ? hexOf(BigInt(text), digits) : undefined;
}

/** Characters that a reader sent as the codes of characters: 3934364542443238 → 946EBD28. */
export function hexToText(text: string): string | undefined {
  const bytes = bytesOf(text);
  if (bytes === undefined) return undefined;
  const codes = bytes.map((byte) => Number.parseInt(byte, 16));
  return codes.every((code) => code >= 0x20 && code <= 0x7e)
    ? String.fromCharCode(...codes)
    : undefined;
}

/** The other way: 946EBD28 → 3934364542443238. */
export function textToHex(text: string): string | undefined {
  if (text === "" || text.length > longestText / 2 || !/^[\x20-\x7e]+$/.test(text))
    return undefined;
  return [...text].map((one) => hexOf(BigInt(one.charCodeAt(0)), 2)).join("");
}

/** 946EBD28 → 28BD6E94. */
export function reverseBytes(text: string): string | undefined {
  return bytesOf(text)?.reverse().join("");
}

/** Each byte's bits from the other end: 0F01 → F080. */
export function reverseBits(text: string): string | undefined {
  const mirrored = (byte: string) =>
    [...Number.parseInt(byte, 16).toString(2).padStart(8, "0")].reverse().join("");
  return bytesOf(text)
    ?.map((byte) => hexOf(BigInt(`0b${mirrored(byte)}`), 2))
    .join("");
}

/** The two digits of each byte change places: 946E → 49E6. */
export function swapNibbles(text: string): string | undefined {
  return bytesOf(text)
    ?.map(([high = "", low = ""]) => low + high)
    .join("");
}

/** The first bits of hexadecimal digits, as a number: a reader that left-aligns sends more than it read. */
export function firstBits(text: string, count: number): string | undefined {
  const value = hexValue(text);
  const all = text.length * 4;
  if (value === undefined || count > all) return undefined;
  return hexOf(value >> BigInt(all - count), Math.ceil(count / 4));
}

/** The last bits of hexadecimal digits, as a number. */
export function lastBits(text: string, count: number): string | undefined {
  const value = hexValue(text);
  if (value === undefined || count > text.length * 4) return undefined;
  return hexOf(value & ((1n << BigInt(count)) - 1n), Math.ceil(count / 4));
}

/** Decimal digits that a number of so many bits never has more of: 16 → 5. */
export function digitsOfBits(bits: number): number {
  return ((1n << BigInt(bits)) - 1n).toString().length;
}

function bytesOf(text: string): string[] | undefined {
  return isHex(text) && text.length % 2 === 0
    ? (text.toUpperCase().match(/../g) ?? undefined)
    : undefined;
}
