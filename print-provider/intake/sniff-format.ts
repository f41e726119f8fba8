import type { DocumentFormat } from "../formats.ts";

/** A byte-order mark or a few blanks before the first mark are what some programs write. */
const blanksMost = 16;

/** Marks at the very first byte: PWG 5102.4 §4.1, Apple raster, ITU-T T.81 §B.2.1. */
const marks: readonly (readonly [DocumentFormat, string])[] = [
  ["image/pwg-raster", "RaS2"],
  ["image/urf", "UNIRAST\0"],
  ["image/jpeg", "\xff\xd8\xff"],
];

/**
 * Tells a document's format by its first bytes. Undefined for one that is not taken. Nothing but
 * blanks may come before the mark of a PDF, and nothing at all before others: a printer would carry
 * out the commands of another language there.
 */
export function sniffFormat(head: Uint8Array): DocumentFormat | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64));
  const text = bytes.toString("latin1");
  const marked = marks.find(([, mark]) => text.startsWith(mark));
  if (marked !== undefined) return marked[0];
  const unmarked = text.replace(/^\xef\xbb\xbf/, "");
  const start = unmarked.trimStart();
  return unmarked.length - start.length <= blanksMost && start.startsWith("%PDF-")
    ? "application/pdf"
    : undefined;
}

/** Bytes that `sniffFormat` wants to see, unless the document is shorter. */
export const sniffBytes = 5 + blanksMost + 3;

const others: readonly (readonly [kind: string, ...marks: string[]])[] = [
  ["PostScript", "%!", "\x04%!"],
  ["a stream of printer commands", "\x1b", "@PJL"],
  ["an Office or XPS document", "PK\x03\x04", "\xd0\xcf\x11\xe0"],
  ["a PNG picture", "\x89PNG"],
  ["a TIFF picture", "II*\0", "MM\0*"],
  ["a GIF picture", "GIF8"],
  ["a packed file", "\x1f\x8b", "BZh", "7z\xbc\xaf", "\xfd7zXZ"],
  ["raster of CUPS", "RaSt", "RaS3", "tSaR", "2SaR", "3SaR"],
  ["a web page", "<!doctype", "<!DOCTYPE", "<html", "<HTML"],
];

/** What a document that is not taken seems to be, for a sentence to the person who sent it. */
export function guessKind(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64));
  const text = bytes.toString("latin1");
  const known = others.find(([, ...begin]) => begin.some((mark) => text.startsWith(mark)));
  if (known !== undefined) return known[0];
  if (text.slice(4, 8) === "ftyp") return "a picture or film of a phone";
  const isText = bytes.length > 0 && bytes.every((byte) => byte >= 0x20 || isBlank(byte));
  return isText ? "plain text" : undefined;
}

function isBlank(byte: number): boolean {
  return byte >= 0x09 && byte <= 0x0d;
}
