import { hexOf, hexValue } from "./digits.ts";

/**
 * Layouts of the numbers on access cards, as Proxmark3 lists them: which bits are the facility and which
 * the number, and what the parity bits watch over. A length alone does not tell the layout (37 bits are
 * two of those here, and others elsewhere): which one it is, the site says.
 */
export interface WiegandFormat {
  readonly name: WiegandName;
  readonly bits: number;
  /** Bits of the facility code; none where the format has no such code. */
  readonly facilityBits: number;
  readonly numberBits: number;
  /** In the order in which they are reckoned; a later one may watch over an earlier one. */
  readonly parities: readonly Parity[];
}

/** Bits are counted from the last one sent, 0, as they stand in the number. */
interface Parity {
  readonly at: number;
  /** The bits that it watches over, itself left out. */
  readonly over: bigint;
  /** With itself, the ones are even or odd in number. */
  readonly kind: "even" | "odd";
}

export type WiegandName = "H10301" | "H10306" | "C1k35s" | "H10302" | "H10304" | "C1k48s";

/** What a card says of itself. `facility` is 0 where the format has none. */
export interface WiegandCard {
  readonly facility: bigint;
  readonly number: bigint;
}

/** Bits `from` to `to`, both counted from the last one. */
const run = (from: number, to: number): bigint =>
  ((1n << BigInt(to - from + 1)) - 1n) << BigInt(from);

const format = (
  name: WiegandName,
  [bits, facilityBits, numberBits]: readonly [number, number, number],
  parities: readonly Parity[],
): WiegandFormat => ({ name, bits, facilityBits, numberBits, parities });

const halves37: readonly Parity[] = [
  { at: 36, over: run(18, 35), kind: "even" },
  { at: 0, over: run(1, 18), kind: "odd" },
];

export const wiegandFormats: readonly WiegandFormat[] = [
  format(
    "H10301",
    [26, 8, 16],
    [
      { at: 25, over: run(13, 24), kind: "even" },
      { at: 0, over: run(1, 12), kind: "odd" },
    ],
  ),
  format(
    "H10306",
    [34, 16, 16],
    [
      { at: 33, over: run(17, 32), kind: "even" },
      { at: 0, over: run(1, 16), kind: "odd" },
    ],
  ),
  format(
    "C1k35s",
    [35, 12, 20],
    [
      { at: 33, over: 0x1_b6db_6db6n, kind: "even" },
      { at: 0, over: 0x3_6db6_db6cn, kind: "odd" },
      { at: 34, over: run(0, 33), kind: "odd" },
    ],
  ),
  format("H10302", [37, 0, 35], halves37),
  format("H10304", [37, 16, 19], halves37),
  format(
    "C1k48s",
    [48, 22, 23],
    [
      { at: 46, over: 0x1b6d_b6db_6db6n, kind: "even" },
      { at: 0, over: 0x36db_6db6_db6cn, kind: "odd" },
      { at: 47, over: run(0, 46), kind: "odd" },
    ],
  ),
];

/** The format of a name, in letters of either case. */
export function wiegandFormat(name: string): WiegandFormat | undefined {
  return wiegandFormats.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

export type WiegandRead =
  | { readonly kind: "card"; readonly card: WiegandCard }
  | { readonly kind: "refused"; readonly sentence: string };

/** Takes the bits of a card, written as a number in hexadecimal digits, apart. */
export function readWiegand(format: WiegandFormat, text: string): WiegandRead {
  const value = hexValue(text);
  if (value === undefined) return refused("it is not hexadecimal digits");
  if (value >> BigInt(format.bits) !== 0n)
    return refused(`it has more than the ${format.bits} bits of ${format.name}`);
  for (const [index, parity] of format.parities.entries())
    if (!agrees(value, parity))
      return refused(
        `parity ${index + 1} of ${format.parities.length} of ${format.name} does not agree`,
      );
  const number = (value >> 1n) & run(0, format.numberBits - 1);
  const facility =
    format.facilityBits === 0
      ? 0n
      : (value >> BigInt(format.numberBits + 1)) & run(0, format.facilityBits - 1);
  return { kind: "card", card: { facility, number } };
}

/** The bits of a card with their parity, in hexadecimal digits; undefined for what does not fit in. */
export function writeWiegand(format: WiegandFormat, card: WiegandCard): string | undefined {
  const { facilityBits, numberBits } = format;
  const { facility, number } = card;
  if (number < 0n || facility < 0n) return undefined;
  if (number >> BigInt(numberBits) !== 0n || facility >> BigInt(facilityBits) !== 0n)
    return undefined;
  let value = (facility << BigInt(numberBits + 1)) | (number << 1n);
  for (const parity of format.parities)
    if (!agrees(value, parity)) value |= 1n << BigInt(parity.at);
  return hexOf(value, Math.ceil(format.bits / 4));
}

function agrees(value: bigint, { at, over, kind }: Parity): boolean {
  let left = value & (over | (1n << BigInt(at)));
  let odd = false;
  for (; left !== 0n; left &= left - 1n) odd = !odd;
  return odd === (kind === "odd");
}

function refused(sentence: string): WiegandRead {
  return { kind: "refused", sentence };
}
