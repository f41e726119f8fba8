import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { cursorAt } from "./cursor.ts";
import { placesIn, windows } from "./find-bytes.ts";
import { readIndirect } from "./indirect-object.ts";
import { isSpace } from "./lexer.ts";
import { parseObject } from "./parse-object.ts";
import { openPdfFile, type PdfFile } from "./pdf-file.ts";
import { isDict, isStream, nameOf, PdfDamage, type PdfDict, type PdfObject } from "./pdf-object.ts";
import type { Xref } from "./read-xref.ts";
import { newXrefTable } from "./xref-table.ts";

const objectsMax = 2_000_000;

/**
 * Makes an index by going through the whole file, for one whose own index is broken or cut off: the
 * last definition of an object counts, as in other readers. Throws PdfDamage when no catalog is found,
 * or more than one, since then nobody can tell which pages a printer takes.
 */
export function scanObjects(source: ByteSource, budget: Budget): Xref {
  const table = newXrefTable();
  const found = scan(source, budget);
  const streams = new Map<number, number>();
  for (const { number, offset } of found.objects) {
    budget.operations(1);
    table.set(number, { kind: "at", offset });
  }
  for (const number of found.packers) {
    const place = table.place(number);
    if (place?.kind === "at") streams.set(number, place.offset);
  }
  const trailers = [...found.trailers, ...indexTrailers({ source, budget, found })];
  const entries = new Map<string, PdfObject>();
  for (const trailer of trailers)
    for (const key of ["Root", "Encrypt", "ID"]) {
      const value = trailer.entries.get(key);
      if (value !== undefined) entries.set(key, value);
    }
  const trailer: PdfDict = { kind: "dict", entries, doubled: false };
  const file = openPdfFile({ source, budget, xref: { table, trailer } });
  unpack({ file, table, streams });
  if (!entries.has("Root")) entries.set("Root", onlyCatalog(file, table.numbers()));
  return { table, trailer };
}

interface Found {
  objects: { number: number; offset: number }[];
  trailers: PdfDict[];
  /** Objects whose text names an object stream, or a cross-reference stream. */
  packers: Set<number>;
  indexes: Set<number>;
}

function scan(source: ByteSource, budget: Budget): Found {
  const found: Found = { objects: [], trailers: [], packers: new Set(), indexes: new Set() };
  for (const window of windows({ source, budget, from: 0, wordBytes: 8 })) {
    const words: { at: number; word: string }[] = [];
    for (const word of ["obj", "trailer", "/ObjStm", "/XRef"])
      for (const at of placesIn(window, word)) words.push({ at, word });
    words.sort((one, other) => one.at - other.at);
    for (const { at, word } of words) {
      const place = window.base + at;
      if (word === "obj") {
        const head = headBefore(source.read(Math.max(0, place - 40), Math.min(40, place)));
        if (head === undefined) continue;
        if (found.objects.length >= objectsMax) throw new PdfDamage("there are too many objects");
        found.objects.push({ number: head.number, offset: place - head.bytes });
      } else if (word === "trailer") {
        const trailer = tryParse(() => parseObject(cursorAt(source, place + 7), budget));
        if (isDict(trailer)) found.trailers.push(trailer);
      } else {
        const owner = found.objects.at(-1)?.number;
        if (owner !== undefined) (word === "/XRef" ? found.indexes : found.packers).add(owner);
      }
    }
  }
  return found;
}

/** The `12 0 ` before an `obj`: the object's number, and how many bytes before it begins. */
function headBefore(bytes: Uint8Array): { number: number; bytes: number } | undefined {
  let at = bytes.length - 1;
  const skip = (test: (byte: number) => boolean): number => {
    const from = at;
    while (at >= 0 && test(bytes[at] ?? 0)) at -= 1;
    return from - at;
  };
  const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
  if (skip(isSpace) === 0 || skip(isDigit) === 0 || skip(isSpace) === 0) return undefined;
  const end = at + 1;
  if (skip(isDigit) === 0) return undefined;
  const number = Number(Buffer.from(bytes.subarray(at + 1, end)).toString("latin1"));
  return number <= 2 ** 31 ? { number, bytes: bytes.length - at - 1 } : undefined;
}

function indexTrailers(options: { source: ByteSource; budget: Budget; found: Found }): PdfDict[] {
  const { source, budget, found } = options;
  const trailers: PdfDict[] = [];
  for (const { number, offset } of found.objects) {
    if (!found.indexes.has(number)) continue;
    const value = tryParse(() => readIndirect({ source, budget, offset }).value);
    if (isStream(value) && nameOf(value.dict.entries.get("Type")) === "XRef")
      trailers.push(value.dict);
  }
  return trailers;
}

/** Adds what object streams hold, unless the same object was written again further back in the file. */
function unpack(options: {
  file: PdfFile;
  table: Xref["table"];
  streams: ReadonlyMap<number, number>;
}): void {
  const { file, table, streams } = options;
  const inOrder = [...streams].sort(([, one], [, other]) => one - other);
  for (const [number, offset] of inOrder) {
    const stream = tryParse(() => file.resolve({ kind: "ref", number, generation: 0 }));
    if (!isStream(stream) || nameOf(stream.dict.entries.get("Type")) !== "ObjStm") continue;
    const packed = tryParse(() => file.packedNumbers(stream)) ?? [];
    for (const [index, member] of packed.entries()) {
      const other = table.place(member);
      if (other?.kind === "at" && other.offset > offset) continue;
      table.set(member, { kind: "packed", stream: number, index });
    }
  }
}

function onlyCatalog(file: PdfFile, numbers: Iterable<number>): PdfObject {
  const catalogs: number[] = [];
  for (const number of numbers) {
    const object = tryParse(() => file.resolve({ kind: "ref", number, generation: 0 }));
    if (isDict(object) && nameOf(object.entries.get("Type")) === "Catalog") catalogs.push(number);
  }
  const [only] = catalogs;
  if (only === undefined) throw new PdfDamage("the file has no catalog");
  if (catalogs.length > 1) throw new PdfDamage("the file has several catalogs");
  return { kind: "ref", number: only, generation: 0 };
}

function tryParse<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof PdfDamage) return undefined;
    throw error;
  }
}
