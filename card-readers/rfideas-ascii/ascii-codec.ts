import { cardOfValue } from "../card-bits.ts";

/**
 * RF IDeas ASCII Command Protocol: lines to the reader that begin with `rfid:`, answers in braces or
 * `Error#n` (manual 99009150). The answer to a question for the last card is
 * `{age,overrun,lockout,bits;0xid}`, the age in ticks of 48 ms. Pure and bounded.
 */
export interface LastCard {
  readonly ageMs: number;
  readonly bits: number;
  /** The number in hex, whole bytes, as many as its bits need. */
  readonly number: string;
  /** The same bits, the first one leftmost. */
  readonly bytes: Uint8Array;
}

export type AsciiAnswer =
  | { readonly kind: "card"; readonly card: LastCard }
  /** No card was read since the reader was switched on, or since it was asked last. */
  | { readonly kind: "no-card" }
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "error"; readonly code: number };

export interface AsciiState {
  readonly buffer: string;
}

export const noAscii: AsciiState = { buffer: "" };

/** The longest answer is one to a question for everything, of which nothing is asked here. */
export const longestAnswer = 256;
const mostBits = 255;
const tickMs = 48;

/** Takes bytes as they come; prompts, echoes and what else is said are passed over. */
export function pushAscii(
  { buffer }: AsciiState,
  bytes: Uint8Array,
): { readonly state: AsciiState; readonly answers: readonly AsciiAnswer[] } {
  const answers: AsciiAnswer[] = [];
  let held = buffer;
  for (const byte of bytes) {
    if (byte === 0x0d || byte === 0x0a) {
      const answer = readAnswer(held);
      if (answer !== undefined) answers.push(answer);
      held = "";
      // Beyond the longest answer the rest is not kept, and the line is none.
    } else if (held.length <= longestAnswer) held += String.fromCharCode(byte);
  }
  return { state: { buffer: held }, answers };
}

/** What one line is; undefined when it is no answer. */
export function readAnswer(line: string): AsciiAnswer | undefined {
  if (line.length > longestAnswer) return undefined;
  const error = /Error#(\d{1,3})$/.exec(line.trim())?.[1];
  if (error !== undefined) return { kind: "error", code: Number(error) };
  const text = /\{([^{}]*)\}$/.exec(line.trim())?.[1];
  if (text === undefined) return undefined;
  return readLastCard(text) ?? { kind: "value", text };
}

function readLastCard(text: string): AsciiAnswer | undefined {
  const parts = /^0x([0-9A-F]{1,8}),\d{1,8},0x[0-9A-F]{1,8},(\d{1,3});0x([0-9A-F]{1,64})$/i.exec(
    text,
  );
  if (parts === null) return undefined;
  const [, age = "", count = "", id = ""] = parts;
  const bits = Number(count);
  if (bits === 0) return { kind: "no-card" };
  const value = BigInt(`0x${id}`);
  // More bits than it says: two answers in one, or a digit that was lost.
  if (bits > mostBits || value >> BigInt(bits) !== 0n) return undefined;
  const { text: number, bytes } = cardOfValue(value, bits);
  const ageMs = Number.parseInt(age, 16) * tickMs;
  return { kind: "card", card: { ageMs, bits, number, bytes } };
}
