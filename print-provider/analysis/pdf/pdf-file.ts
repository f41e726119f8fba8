import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import {
  type Decoded,
  decodeBytes,
  type FilterStep,
  filterSteps,
} from "../filters/decode-stream.ts";
import { type Decryptor, openEncryption } from "./encryption.ts";
import { readIndirect, streamLength } from "./indirect-object.ts";
import { type ObjectStream, openObjectStream } from "./object-stream.ts";
import {
  isDict,
  isRef,
  isStream,
  isString,
  nameOf,
  PdfDamage,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "./pdf-object.ts";
import type { Xref } from "./read-xref.ts";

const objectsKept = 4_000;
const objectStreamsKept = 16;
const objectStreamBytesMax = 32 * 1024 * 1024;
const referencesMax = 32;
const nestedLoadsMax = 16;

/** A PDF whose objects are read as they are asked for. All methods throw PdfDamage and BudgetSpent. */
export interface PdfFile {
  readonly trailer: PdfDict;
  readonly budget: Budget;
  readonly source: ByteSource;
  readonly encrypted: boolean;
  /** The object itself, references followed; null for what is not there. */
  resolve(object: PdfObject | undefined): PdfObject;
  /** A value of a dictionary, resolved; null when it is not there. */
  get(dict: PdfDict, key: string): PdfObject;
  filters(stream: PdfStream): FilterStep[];
  /** Bytes on the disk. */
  lengthOf(stream: PdfStream): number;
  /** What a stream holds, its filters undone, if neither side is more than `bytesMax`. */
  decoded(stream: PdfStream, bytesMax: number): Decoded;
  /** The numbers of the objects in an object stream. */
  packedNumbers(stream: PdfStream): readonly number[];
}

/** Opens the file by an index of its objects. Throws PasswordNeeded when it is locked. */
export function openPdfFile(options: { source: ByteSource; budget: Budget; xref: Xref }): PdfFile {
  const { source, budget, xref } = options;
  const objects = new Map<number, PdfObject>();
  const objectStreams = new Map<number, ObjectStream>();
  let decryptor: Decryptor | undefined;
  let nestedLoads = 0;

  const objectStreamOf = (stream: PdfStream): ObjectStream => {
    const known = objectStreams.get(stream.number);
    if (known !== undefined) return known;
    const decoded = file.decoded(stream, objectStreamBytesMax);
    if (decoded.kind !== "bytes") throw new PdfDamage("objects are packed in a picture");
    const opened = openObjectStream({ stream, bytes: decoded.bytes, budget });
    objectStreams.set(stream.number, opened);
    dropOldest(objectStreams);
    return opened;
  };

  const read = (number: number): PdfObject => {
    const place = xref.table.place(number);
    switch (place?.kind) {
      case undefined:
      case "free":
        return null;
      case "at": {
        const found = readIndirect({ source, budget, offset: place.offset });
        if (found.number !== number)
          throw new PdfDamage(`the index says that object ${number} is where another one is`);
        return decryptor === undefined
          ? found.value
          : decryptStrings(found.value, found, decryptor);
      }
      case "packed": {
        const container = xref.table.place(place.stream)?.kind === "at" ? load(place.stream) : null;
        if (!isStream(container)) throw new PdfDamage("an object stream is missing");
        const stream = objectStreamOf(container);
        const index =
          stream.numbers[place.index] === number ? place.index : stream.numbers.indexOf(number);
        if (index === -1) throw new PdfDamage(`object ${number} is not in its object stream`);
        return stream.object(index);
      }
    }
  };

  const load = (number: number): PdfObject => {
    const known = objects.get(number);
    if (known !== undefined) return known;
    if (nestedLoads >= nestedLoadsMax) throw new PdfDamage("objects need each other in a circle");
    nestedLoads += 1;
    try {
      const value = read(number);
      if (objects.size >= objectsKept) objects.clear();
      objects.set(number, value);
      return value;
    } finally {
      nestedLoads -= 1;
    }
  };

  const file: PdfFile = {
    trailer: xref.trailer,
    budget,
    source,
    encrypted: xref.trailer.entries.has("Encrypt"),
    resolve: (object) => {
      let value = object ?? null;
      for (let steps = 0; isRef(value); steps++) {
        if (steps >= referencesMax) throw new PdfDamage("references go round in a circle");
        value = load(value.number);
      }
      return value;
    },
    get: (dict, key) => file.resolve(dict.entries.get(key)),
    filters: (stream) => filterSteps(stream.dict, file.resolve),
    lengthOf: (stream) =>
      streamLength({ source, budget, stream, stated: file.get(stream.dict, "Length") }),
    decoded: (stream, bytesMax) => {
      const length = file.lengthOf(stream);
      if (length > bytesMax) throw new PdfDamage("a stream is too long to be looked at");
      const steps = file.filters(stream);
      const raw = source.read(stream.start, length);
      const bytes = decryptor?.stream(raw, stream, cryptFilterOf(steps)) ?? raw;
      return decodeBytes({ bytes, steps, bytesMax, budget });
    },
    packedNumbers: (stream) => objectStreamOf(stream).numbers,
  };

  const encrypt = file.get(xref.trailer, "Encrypt");
  if (isDict(encrypt)) {
    const ids = file.get(xref.trailer, "ID");
    const first = file.resolve(Array.isArray(ids) ? ids[0] : null);
    decryptor = openEncryption({
      encrypt,
      fileId: isString(first) ? first.bytes : new Uint8Array(0),
      resolve: file.resolve,
    });
    // What was read to get here was read without the key.
    objects.clear();
    objectStreams.clear();
  }
  return file;
}

function dropOldest(kept: Map<number, ObjectStream>): void {
  let bytes = 0;
  for (const stream of kept.values()) bytes += stream.bytes;
  for (const [number, stream] of kept) {
    if (kept.size <= 1 || (kept.size <= objectStreamsKept && bytes <= objectStreamBytesMax)) return;
    kept.delete(number);
    bytes -= stream.bytes;
  }
}

/** The crypt filter that a stream chooses for itself (7.6.6), or undefined: the file's. */
function cryptFilterOf(steps: readonly FilterStep[]): string | undefined {
  const own = steps.find((step) => step.filter === "Crypt");
  return own === undefined
    ? undefined
    : (nameOf(own.parameters?.entries.get("Name")) ?? "Identity");
}

function decryptStrings(
  object: PdfObject,
  owner: { number: number; generation: number },
  decryptor: Decryptor,
): PdfObject {
  if (Array.isArray(object)) return object.map((one) => decryptStrings(one, owner, decryptor));
  if (isString(object)) return { ...object, bytes: decryptor.string(object.bytes, owner) };
  if (isStream(object)) {
    const dict = decryptStrings(object.dict, owner, decryptor);
    return isDict(dict) ? { ...object, dict } : object;
  }
  if (!isDict(object)) return object;
  const entries = [...object.entries].map(
    ([key, value]) => [key, decryptStrings(value, owner, decryptor)] as const,
  );
  return { ...object, entries: new Map(entries) };
}
