import type { ByteFile } from "./byte-file.ts";
import { decodeStream } from "./pdf-filters.ts";
import { endOfBytes, type PdfDictionary, type PdfValue, readValue } from "./pdf-syntax.ts";
import { UnreadableError } from "./unreadable-error.ts";

/** An object of the file, with where its stream lies if it is one. */
export interface PdfObject {
  readonly value: PdfValue;
  readonly stream?: { readonly offset: number; readonly length: number };
}

/** All objects by number, and the last trailer's entries: what the document is made of. */
export interface PdfObjects {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: PdfDictionary;
}

const objectsMax = 2_000_000;
/** Objects follow each other closely, so a short look finds most; a longer one finds the rest. */
const windows = [1024, 128 * 1024];
/** No object but a stream is as long as this; a longer one is taken for damage. */
const objectMax = 16 * 1024 * 1024;

/**
 * Finds every object by reading the file from its start, without its cross-reference table: what a
 * table says does not matter, only what is there. A later object replaces an earlier one of the same
 * number, as an update does. Throws UnreadableError when there are too many.
 */
export async function findObjects(file: ByteFile): Promise<PdfObjects> {
  const objects = new Map<number, PdfObject>();
  const trailer = new Map<string, PdfValue>();
  let position = 0;
  while (position < file.size) {
    const { match, next } = await findObject(file, position);
    if (match === null) {
      position = next;
      continue;
    }
    const start = position + match.index + match[0].length;
    const read = await readObject(file, start);
    if (read === undefined) {
      position = start;
      continue;
    }
    position = read.end;
    if (match[1] === undefined) mergeTrailer(trailer, read.object.value);
    else {
      objects.set(Number(match[1]), read.object);
      await openObject(file, { object: read.object, objects, trailer });
    }
    if (objects.size > objectsMax) {
      throw new UnreadableError("document-unprintable-error", "The PDF has too many objects.");
    }
  }
  return { objects, trailer };
}

async function findObject(
  file: ByteFile,
  position: number,
): Promise<{ readonly match: RegExpExecArray | null; readonly next: number }> {
  let next = position;
  for (const length of windows) {
    const window = await file.read(position, length);
    const match = /(\d{1,10})[\s\0]+\d{1,5}[\s\0]+obj|trailer/.exec(window.toString("latin1"));
    if (match !== null) return { match, next };
    // What begins in this window may end in the next.
    next = position + (window.length < length ? window.length : length - 32);
  }
  return { match: null, next };
}

/** The bytes of an object's stream, without its filters; undefined where that cannot be done. */
export async function streamBytes(file: ByteFile, object: PdfObject): Promise<Buffer | undefined> {
  if (object.stream === undefined) return undefined;
  const dictionary = dictionaryOf(object.value);
  const raw = await file.read(object.stream.offset, Math.min(object.stream.length, streamMax));
  return dictionary === undefined ? undefined : decodeStream(raw, dictionary);
}

const streamMax = 512 * 1024 * 1024;

export function dictionaryOf(value: PdfValue | undefined): PdfDictionary | undefined {
  return typeof value === "object" && value?.kind === "dictionary" ? value.entries : undefined;
}

/** The name, or "" where the value is none. */
export function nameOf(value: PdfValue | undefined): string {
  return typeof value === "object" && value?.kind === "name" ? value.name : "";
}

/** What an object stream or a cross-reference stream adds (ISO 32000-1 §7.5.7, §7.5.8). */
async function openObject(
  file: ByteFile,
  found: {
    readonly object: PdfObject;
    readonly objects: Map<number, PdfObject>;
    readonly trailer: Map<string, PdfValue>;
  },
): Promise<void> {
  const { object, objects, trailer } = found;
  const entries = dictionaryOf(object.value);
  const type = nameOf(entries?.get("Type"));
  if (type === "XRef") mergeTrailer(trailer, object.value);
  if (type !== "ObjStm" || entries === undefined) return;
  const bytes = await streamBytes(file, object);
  const [count, first] = [entries.get("N"), entries.get("First")];
  if (bytes === undefined || typeof count !== "number" || typeof first !== "number") return;
  const header = { bytes, at: 0 };
  for (let index = 0; index < Math.min(count, objectsMax); index += 1) {
    const number = readValue(header);
    const offset = readValue(header);
    if (typeof number !== "number" || typeof offset !== "number") return;
    const value = readValue({ bytes, at: first + offset });
    if (value !== endOfBytes) objects.set(number, { value });
  }
}

function mergeTrailer(trailer: Map<string, PdfValue>, value: PdfValue): void {
  for (const key of ["Root", "Encrypt"]) {
    const entry = dictionaryOf(value)?.get(key);
    if (entry !== undefined) trailer.set(key, entry);
  }
}

async function readObject(
  file: ByteFile,
  start: number,
): Promise<{ readonly object: PdfObject; readonly end: number } | undefined> {
  for (let length = 2048; ; length *= 8) {
    const bytes = await file.read(start, length);
    const cursor = { bytes, at: 0 };
    const value = readValue(cursor);
    const whole = bytes.length < length || cursor.at + 16 < bytes.length;
    if (value === endOfBytes || !whole) {
      if (bytes.length < length || length > objectMax) return undefined;
      continue;
    }
    const dictionary = dictionaryOf(value);
    const keyword = /^[\s\0]*stream(\r\n|\n|\r)?/.exec(
      bytes.toString("latin1", cursor.at, cursor.at + 64),
    );
    if (dictionary === undefined || keyword === null) {
      return { object: { value }, end: start + cursor.at };
    }
    const offset = start + cursor.at + keyword[0].length;
    const stream = { offset, length: await streamLength(file, offset, dictionary.get("Length")) };
    return { object: { value, stream }, end: offset + stream.length };
  }
}

/** The length that the dictionary tells where `endstream` follows it, else up to that word. */
async function streamLength(
  file: ByteFile,
  offset: number,
  told: PdfValue | undefined,
): Promise<number> {
  if (typeof told === "number" && told >= 0) {
    const after = await file.read(offset + told, 32);
    if (/^\s*endstream/.test(after.toString("latin1"))) return told;
  }
  const step = 1024 * 1024;
  for (let at = offset; at < file.size; at += step) {
    // Windows overlap, so that the word is seen though it lies across their edge.
    const window = await file.read(at, step + 16);
    const found = window.indexOf("endstream");
    if (found !== -1) return at + found - offset;
  }
  return file.size - offset;
}
