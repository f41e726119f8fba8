/** A PDF object, ISO 32000-1 §7.3. Operators stand between operands in content streams only. */
export type PdfValue =
  | null
  | boolean
  | number
  | { readonly kind: "name" | "operator"; readonly name: string }
  | { readonly kind: "string"; readonly bytes: Buffer }
  | { readonly kind: "reference"; readonly to: number }
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | { readonly kind: "dictionary"; readonly entries: PdfDictionary };

export type PdfDictionary = ReadonlyMap<string, PdfValue>;

/** Where reading has come to in some bytes. */
export interface PdfCursor {
  readonly bytes: Buffer;
  at: number;
}

const depthMax = 64;

/** No object: the bytes have come to their end, perhaps in the middle of one. */
export const endOfBytes = Symbol("end of bytes");

/**
 * Reads the next object and moves the cursor behind it. Whatever the bytes, it ends: what makes no
 * sense is read as an operator. Gives `endOfBytes` where an object is not whole.
 */
export function readValue(cursor: PdfCursor, depth = 0): PdfValue | typeof endOfBytes {
  skipSpace(cursor);
  const { bytes } = cursor;
  const byte = bytes[cursor.at];
  if (byte === undefined || depth > depthMax) return endOfBytes;
  switch (byte) {
    case 0x2f: // "/"
      cursor.at += 1;
      return { kind: "name", name: unescapeName(takeRegular(cursor)) };
    case 0x28: // "("
      return readLiteralString(cursor);
    case 0x3c: // "<"
      return bytes[cursor.at + 1] === 0x3c ? readDictionary(cursor, depth) : readHexString(cursor);
    case 0x5b: // "["
      return readArray(cursor, depth);
    case 0x5d: // "]"
    case 0x7b: // "{"
    case 0x7d: // "}"
    case 0x29: // ")"
      cursor.at += 1;
      return { kind: "operator", name: String.fromCharCode(byte) };
    case 0x3e: // ">"
      cursor.at += bytes[cursor.at + 1] === 0x3e ? 2 : 1;
      return { kind: "operator", name: ">>" };
    default:
      return readWord(cursor);
  }
}

function readWord(cursor: PdfCursor): PdfValue {
  const word = takeRegular(cursor);
  if (/^[+-]*(\d+\.?\d*|\.\d+)/.test(word)) {
    const number = Number.parseFloat(word.replace(/^[+-]*(?=[+-])/, ""));
    return readReference(cursor, number) ?? number;
  }
  if (word === "true") return true;
  if (word === "false") return false;
  if (word === "null") return null;
  return { kind: "operator", name: word };
}

/** "12 0 R", told from three operands by what follows the first number. */
function readReference(cursor: PdfCursor, number: number): PdfValue | undefined {
  if (!Number.isInteger(number) || number < 0) return undefined;
  const { bytes, at } = cursor;
  // No generation has more than five digits, so a short look ahead is enough.
  const match = /^[\s\0]+\d{1,5}[\s\0]+R(?![A-Za-z0-9])/.exec(
    bytes.toString("latin1", at, at + 24),
  );
  if (match === null) return undefined;
  cursor.at += match[0].length;
  return { kind: "reference", to: number };
}

function readArray(cursor: PdfCursor, depth: number): PdfValue | typeof endOfBytes {
  cursor.at += 1;
  const items: PdfValue[] = [];
  for (;;) {
    const item = readValue(cursor, depth + 1);
    if (item === endOfBytes) return endOfBytes;
    if (isOperator(item, "]")) return { kind: "array", items };
    items.push(item);
  }
}

function readDictionary(cursor: PdfCursor, depth: number): PdfValue | typeof endOfBytes {
  cursor.at += 2;
  const entries = new Map<string, PdfValue>();
  for (;;) {
    const key = readValue(cursor, depth + 1);
    if (key === endOfBytes) return endOfBytes;
    if (isOperator(key, ">>")) return { kind: "dictionary", entries };
    if (key === null || typeof key !== "object" || key.kind !== "name") continue;
    const value = readValue(cursor, depth + 1);
    if (value === endOfBytes) return endOfBytes;
    if (isOperator(value, ">>")) return { kind: "dictionary", entries };
    entries.set(key.name, value);
  }
}

export function isOperator(value: PdfValue, name: string): boolean {
  return (
    value !== null && typeof value === "object" && value.kind === "operator" && value.name === name
  );
}

function readLiteralString(cursor: PdfCursor): PdfValue | typeof endOfBytes {
  const { bytes } = cursor;
  const out: number[] = [];
  let open = 0;
  for (let at = cursor.at; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x5c) {
      const octal = /^[0-7]{1,3}/.exec(bytes.toString("latin1", at + 1, at + 4))?.[0];
      out.push(octal === undefined ? (bytes[at + 1] ?? 0) : Number.parseInt(octal, 8) & 0xff);
      at += octal === undefined ? 1 : octal.length;
      continue;
    }
    if (byte === 0x28) open += 1;
    if (byte === 0x29) open -= 1;
    if (open === 0) {
      cursor.at = at + 1;
      return { kind: "string", bytes: Buffer.from(out.slice(1)) };
    }
    out.push(byte);
  }
  cursor.at = bytes.length;
  return endOfBytes;
}

function readHexString(cursor: PdfCursor): PdfValue | typeof endOfBytes {
  const end = cursor.bytes.indexOf(0x3e, cursor.at);
  if (end === -1) {
    cursor.at = cursor.bytes.length;
    return endOfBytes;
  }
  const digits = cursor.bytes.toString("latin1", cursor.at + 1, end).replace(/[^0-9A-Fa-f]/g, "");
  cursor.at = end + 1;
  return { kind: "string", bytes: Buffer.from(digits.length % 2 ? `${digits}0` : digits, "hex") };
}

const space = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const delimiters = new Set([...Buffer.from("()<>[]{}/%")]);

function skipSpace(cursor: PdfCursor): void {
  const { bytes } = cursor;
  for (; cursor.at < bytes.length; cursor.at += 1) {
    const byte = bytes[cursor.at] ?? 0;
    if (byte === 0x25) {
      while (cursor.at < bytes.length && ![0x0a, 0x0d].includes(bytes[cursor.at] ?? 0)) {
        cursor.at += 1;
      }
    } else if (!space.has(byte)) return;
  }
}

function takeRegular(cursor: PdfCursor): string {
  const start = cursor.at;
  const { bytes } = cursor;
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (space.has(byte) || delimiters.has(byte)) break;
    at += 1;
  }
  cursor.at = at;
  return bytes.toString("latin1", start, at);
}

function unescapeName(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
