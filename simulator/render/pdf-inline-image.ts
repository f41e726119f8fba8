import {
  endOfBytes,
  isOperator,
  type PdfCursor,
  type PdfDictionary,
  type PdfValue,
  readValue,
} from "./pdf-syntax.ts";

/**
 * Reads a picture inside a content stream from behind its `BI` and moves behind its `EI`
 * (ISO 32000-1 §8.9.7). Gives undefined, at the end of the bytes, where it does not end.
 */
export function readInlineImage(
  cursor: PdfCursor,
): { readonly dictionary: PdfDictionary; readonly data: Buffer } | undefined {
  const dictionary = new Map<string, PdfValue>();
  for (;;) {
    const key = readValue(cursor);
    if (key === endOfBytes) return undefined;
    if (isOperator(key, "ID")) break;
    const value = readValue(cursor);
    if (value === endOfBytes) return undefined;
    if (typeof key === "object" && key?.kind === "name") dictionary.set(key.name, value);
  }
  const start = cursor.at + 1;
  const { bytes } = cursor;
  for (let at = bytes.indexOf("EI", start); at !== -1; at = bytes.indexOf("EI", at + 1)) {
    if (isSpace(bytes[at - 1]) && isSpace(bytes[at + 2])) {
      cursor.at = at + 2;
      return { dictionary, data: bytes.subarray(start, at) };
    }
  }
  cursor.at = bytes.length;
  return undefined;
}

function isSpace(byte: number | undefined): boolean {
  return byte === undefined || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
