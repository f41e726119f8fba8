import { type Cursor, peek, take } from "./cursor.ts";
import { PdfDamage, type PdfName, type PdfString } from "./pdf-object.ts";

/** The tokens of ISO 32000-2, 7.2 and 7.3; brackets and `<<`, `>>` are keywords here. */
export type Token =
  | { kind: "end" }
  | { kind: "number"; value: number }
  | { kind: "keyword"; word: string }
  | PdfName
  | PdfString;

const stringBytesMax = 4 * 1024 * 1024;
const wordBytesMax = 1024;

const space = 1;
const delimiter = 2;
const classOf = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) classOf[byte] = space;
for (const char of "()<>[]{}/%") classOf[char.charCodeAt(0)] = delimiter;

const names = new Map<string, PdfName>();
const end: Token = { kind: "end" };
const keywords = new Map<string, Token>();

export function isSpace(byte: number): boolean {
  return classOf[byte] === space;
}

/** Moves past white space and comments. */
export function skipSpace(cursor: Cursor): void {
  for (;;) {
    const byte = peek(cursor);
    if (byte === 37) {
      while (![10, 13, -1].includes(peek(cursor))) cursor.at += 1;
    } else if (byte !== -1 && classOf[byte] === space) cursor.at += 1;
    else return;
  }
}

/** Reads the next token. Throws PdfDamage for a token longer than any real one. */
export function nextToken(cursor: Cursor): Token {
  skipSpace(cursor);
  const first = take(cursor);
  switch (first) {
    case -1:
      return end;
    case 47:
      return name(cursor);
    case 40:
      return literalString(cursor);
    case 60:
      if (peek(cursor) !== 60) return hexString(cursor);
      cursor.at += 1;
      return keyword("<<");
    case 62:
      if (peek(cursor) !== 62) return keyword(">");
      cursor.at += 1;
      return keyword(">>");
    default:
      if (classOf[first] === delimiter) return keyword(String.fromCharCode(first));
      return numberOrWord(cursor, first);
  }
}

/** Reads the rest of a number or keyword, whose first byte was taken. */
function numberOrWord(cursor: Cursor, first: number): Token {
  let text = String.fromCharCode(first);
  let next = peek(cursor);
  while (next !== -1 && classOf[next] === 0) {
    if (text.length >= wordBytesMax) throw new PdfDamage("a word has no end");
    text += String.fromCharCode(next);
    cursor.at += 1;
    next = peek(cursor);
  }
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  const value = numeric ? numberIn(text) : undefined;
  return value === undefined ? keyword(text) : { kind: "number", value };
}

/** Readers take `--5`, `5-3` and `1.2.3`, which broken programs write; so must we, the same way. */
function numberIn(text: string): number | undefined {
  const value = Number(text);
  if (Number.isFinite(value) && !/[eExXoObB]/.test(text)) return value;
  const found = /^([+-]*)([0-9]*\.?[0-9]*)[-.0-9]*$/.exec(text);
  const digits = found?.[2];
  if (digits === undefined || !/[0-9]/.test(digits))
    return text === "-" || text === "." ? 0 : undefined;
  return found?.[1]?.startsWith("-") === true ? -Number(digits) : Number(digits);
}

function keyword(word: string): Token {
  const known = keywords.get(word);
  if (known !== undefined) return known;
  const token: Token = { kind: "keyword", word };
  if (word.length <= 12 && keywords.size < 1_000) keywords.set(word, token);
  return token;
}

function name(cursor: Cursor): PdfName {
  let text = "";
  for (;;) {
    const byte = peek(cursor);
    if (byte === -1 || classOf[byte] !== 0) break;
    if (text.length >= wordBytesMax) throw new PdfDamage("a name has no end");
    cursor.at += 1;
    text += String.fromCharCode(byte);
  }
  if (text.includes("#"))
    text = text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  const known = names.get(text);
  if (known !== undefined) return known;
  const made: PdfName = { kind: "name", name: text };
  if (names.size < 5_000) names.set(text, made);
  return made;
}

const escapes = new Map([
  [110, 10],
  [114, 13],
  [116, 9],
  [98, 8],
  [102, 12],
]);

function literalString(cursor: Cursor): PdfString {
  const bytes: number[] = [];
  for (let depth = 1; ; ) {
    const byte = take(cursor);
    if (byte === -1) break;
    if (bytes.length > stringBytesMax) throw new PdfDamage("a string has no end");
    if (byte === 40) depth += 1;
    if (byte === 41) depth -= 1;
    if (depth === 0) break;
    if (byte === 92) escaped(cursor, bytes);
    else bytes.push(byte);
  }
  return { kind: "string", bytes: Uint8Array.from(bytes) };
}

function escaped(cursor: Cursor, bytes: number[]): void {
  const byte = take(cursor);
  if (byte === -1 || byte === 10) return;
  if (byte === 13) {
    if (peek(cursor) === 10) cursor.at += 1;
    return;
  }
  if (byte < 48 || byte > 55) {
    bytes.push(escapes.get(byte) ?? byte);
    return;
  }
  let octal = byte - 48;
  for (let digits = 1; digits < 3; digits++) {
    const next = peek(cursor);
    if (next < 48 || next > 55) break;
    cursor.at += 1;
    octal = octal * 8 + next - 48;
  }
  bytes.push(octal & 0xff);
}

function hexString(cursor: Cursor): PdfString {
  const digits: number[] = [];
  for (;;) {
    const byte = take(cursor);
    if (byte === -1 || byte === 62) break;
    if (digits.length > 2 * stringBytesMax) throw new PdfDamage("a string has no end");
    const digit = hexDigit(byte);
    if (digit !== undefined) digits.push(digit);
  }
  const bytes = new Uint8Array(Math.ceil(digits.length / 2));
  for (const [place, digit] of digits.entries())
    bytes[place >> 1] = (bytes[place >> 1] ?? 0) | (place % 2 === 0 ? digit << 4 : digit);
  return { kind: "string", bytes };
}

/** The value of a hexadecimal digit's byte, or undefined. */
export function hexDigit(byte: number): number | undefined {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : undefined;
}
