import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { type Cursor, cursorAt, moveTo, peek, placeOf } from "./cursor.ts";
import { isSpace, nextToken, skipSpace } from "./lexer.ts";
import { parseObject } from "./parse-object.ts";
import { integerOf, isDict, PdfDamage, type PdfDict } from "./pdf-object.ts";
import { readXrefStream } from "./xref-stream.ts";
import { newXrefTable, type XrefTable } from "./xref-table.ts";

const sectionsMax = 10_000;
const tailBytes = 2_048;

export interface Xref {
  table: XrefTable;
  /** Of the newest section: it says which object is the catalog. */
  trailer: PdfDict;
}

/**
 * Reads the cross-reference sections from the newest to the oldest, as a printer does (ISO 32000-2,
 * 7.5.4 to 7.5.8): what an update replaced or freed stays so, whatever lies in the file.
 * Throws PdfDamage when the chain is broken; then the file is scanned.
 */
export function readXref(source: ByteSource, budget: Budget): Xref {
  const table = newXrefTable();
  const seen = new Set<number>();
  let trailer: PdfDict | undefined;
  let next: number | undefined = startOffset(source);
  while (next !== undefined) {
    if (seen.has(next)) throw new PdfDamage("the index goes round in a circle");
    if (seen.size >= sectionsMax) throw new PdfDamage("the index has too many sections");
    seen.add(next);
    const section: PdfDict = readSection({ source, budget, table, offset: next });
    trailer ??= section;
    next = integerOf(section.entries.get("Prev"));
  }
  if (trailer === undefined) throw new PdfDamage("there is no index");
  return { table, trailer };
}

function startOffset(source: ByteSource): number {
  const base = Math.max(0, source.length - tailBytes);
  const at = Buffer.from(source.read(base, tailBytes)).lastIndexOf(
    "startxref",
    undefined,
    "latin1",
  );
  if (at === -1) throw new PdfDamage("the end of the file is missing");
  const token = nextToken(cursorAt(source, base + at + 9));
  if (token.kind !== "number" || !(token.value >= 0 && token.value < source.length))
    throw new PdfDamage("the file does not say where its index is");
  return token.value;
}

function readSection(options: {
  source: ByteSource;
  budget: Budget;
  table: XrefTable;
  offset: number;
}): PdfDict {
  const { source, budget, table, offset } = options;
  const cursor = cursorAt(source, offset);
  const token = nextToken(cursor);
  if (token.kind !== "keyword" || token.word !== "xref")
    return readXrefStream({ source, budget, table, offset });

  // Entries that this table frees may be told by the stream beside it (a hybrid file, 7.5.8.4).
  const freed: number[] = [];
  readSubsections({ cursor, budget, table, freed });
  const trailer = parseObject(cursor, budget);
  if (!isDict(trailer)) throw new PdfDamage("an index has no trailer");
  const beside = integerOf(trailer.entries.get("XRefStm"));
  if (beside !== undefined) readXrefStream({ source, budget, table, offset: beside });
  for (const number of freed) table.add(number, { kind: "free" });
  return trailer;
}

function readSubsections(options: {
  cursor: Cursor;
  budget: Budget;
  table: XrefTable;
  freed: number[];
}): void {
  const { cursor, budget, table, freed } = options;
  for (;;) {
    const token = nextToken(cursor);
    if (token.kind === "keyword" && token.word === "trailer") return;
    const count = nextToken(cursor);
    if (token.kind !== "number" || count.kind !== "number")
      throw new PdfDamage("an index has a line that is none");
    let first = token.value;
    for (let place = 0; place < count.value; place++) {
      budget.operations(1);
      skipSpace(cursor);
      if (peek(cursor) === 116) break; // "trailer": fewer entries than were said
      const offset = digits(cursor);
      const generation = digits(cursor);
      skipSpace(cursor);
      const free = peek(cursor) !== 110;
      cursor.at += 1;
      // Some programs count from 1; the head of the free list is always object 0.
      if (place === 0 && first === 1 && free && offset === 0 && generation === 65_535) first = 0;
      if (free || offset === 0) freed.push(first + place);
      else table.add(first + place, { kind: "at", offset });
    }
  }
}

function digits(cursor: Cursor): number {
  skipSpace(cursor);
  let value = 0;
  const from = placeOf(cursor);
  for (let byte = peek(cursor); byte >= 48 && byte <= 57; byte = peek(cursor)) {
    value = value * 10 + byte - 48;
    cursor.at += 1;
  }
  const length = placeOf(cursor) - from;
  if (length === 0 || length > 15 || !isSpace(peek(cursor))) {
    moveTo(cursor, from);
    throw new PdfDamage("an index has an entry that is none");
  }
  return value;
}
