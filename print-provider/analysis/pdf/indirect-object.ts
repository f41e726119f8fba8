import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { cursorAt } from "./cursor.ts";
import { findWord } from "./find-bytes.ts";
import { isSpace, nextToken } from "./lexer.ts";
import { parseObject, streamStart } from "./parse-object.ts";
import { integerOf, isDict, PdfDamage, type PdfObject, type PdfStream } from "./pdf-object.ts";

export interface IndirectObject {
  number: number;
  generation: number;
  value: PdfObject;
}

/** Reads `12 0 obj …` at an offset (ISO 32000-2, 7.3.10). Throws PdfDamage when none is there. */
export function readIndirect(options: {
  source: ByteSource;
  budget: Budget;
  offset: number;
}): IndirectObject {
  const { source, budget, offset } = options;
  const cursor = cursorAt(source, offset);
  const number = nextToken(cursor);
  const generation = nextToken(cursor);
  const word = nextToken(cursor);
  if (
    number.kind !== "number" ||
    generation.kind !== "number" ||
    word.kind !== "keyword" ||
    word.word !== "obj"
  )
    throw new PdfDamage(`no object is at ${offset}`);
  const value = parseObject(cursor, budget);
  const head = { number: number.value, generation: generation.value };
  if (!isDict(value)) return { ...head, value };
  const after = nextToken(cursor);
  if (after.kind !== "keyword" || after.word !== "stream") return { ...head, value };
  return { ...head, value: { kind: "stream", dict: value, start: streamStart(cursor), ...head } };
}

/**
 * How many bytes a stream has. Its /Length is believed where `endstream` follows; else the stream goes
 * on to the next `endstream`, or to the end of a file that was cut.
 */
export function streamLength(options: {
  source: ByteSource;
  budget: Budget;
  stream: PdfStream;
  stated: PdfObject;
}): number {
  const { source, budget, stream } = options;
  const stated = integerOf(options.stated);
  if (stated !== undefined && stated >= 0 && stream.start + stated <= source.length)
    if (endsAt(source, stream.start + stated)) return stated;
  const end = findWord({ source, budget, from: stream.start, word: "endstream" });
  if (end === undefined) return source.length - stream.start;
  // The line's end before the word is not a part of the stream.
  const before = source.read(Math.max(stream.start, end - 2), Math.min(2, end - stream.start));
  const trimmed = before[1] === 10 && before[0] === 13 ? 2 : isLineEnd(before.at(-1)) ? 1 : 0;
  return end - stream.start - trimmed;
}

function endsAt(source: ByteSource, offset: number): boolean {
  const tail = source.read(offset, 24);
  let at = 0;
  while (at < 8 && isSpace(tail[at] ?? -1)) at += 1;
  return Buffer.from(tail.subarray(at, at + 9)).toString("latin1") === "endstream";
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 10 || byte === 13;
}
