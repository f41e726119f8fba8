import { inflateRawSync, inflateSync, constants as zlib } from "node:zlib";
import type { Budget } from "../budget.ts";
import {
  integerOf,
  isDict,
  nameOf,
  PdfDamage,
  type PdfDict,
  type PdfObject,
} from "../pdf/pdf-object.ts";
import { ascii85, asciiHex } from "./ascii-filters.ts";
import { type PredictorParameters, startUnpredict } from "./predictor.ts";
import { lzw, runLength } from "./run-filters.ts";

/** Filters that give pixels of a picture, which we judge by their headers (or not at all). */
export type PictureCodec = "DCT" | "JPX" | "CCITT" | "JBIG2";

export interface FilterStep {
  filter: "Flate" | "LZW" | "ASCII85" | "ASCIIHex" | "RunLength" | "Crypt" | PictureCodec;
  parameters: PdfDict | undefined;
}

const filterByName = new Map<string, FilterStep["filter"]>([
  ["FlateDecode", "Flate"],
  ["Fl", "Flate"],
  ["LZWDecode", "LZW"],
  ["LZW", "LZW"],
  ["ASCII85Decode", "ASCII85"],
  ["A85", "ASCII85"],
  ["ASCIIHexDecode", "ASCIIHex"],
  ["AHx", "ASCIIHex"],
  ["RunLengthDecode", "RunLength"],
  ["RL", "RunLength"],
  ["Crypt", "Crypt"],
  ["DCTDecode", "DCT"],
  ["DCT", "DCT"],
  ["JPXDecode", "JPX"],
  ["CCITTFaxDecode", "CCITT"],
  ["CCF", "CCITT"],
  ["JBIG2Decode", "JBIG2"],
]);
const stepsMax = 8;

/**
 * The filters of a stream's dictionary in their order; `resolve` follows references. Throws PdfDamage
 * for a filter that does not exist.
 */
export function filterSteps(
  dict: PdfDict,
  resolve: (object: PdfObject | undefined) => PdfObject,
): FilterStep[] {
  const filter = resolve(dict.entries.get("Filter") ?? dict.entries.get("F"));
  const parameters = resolve(dict.entries.get("DecodeParms") ?? dict.entries.get("DP"));
  const filters = Array.isArray(filter) ? filter : filter === null ? [] : [filter];
  if (filters.length > stepsMax) throw new PdfDamage("a stream has too many filters");
  return filters.map((one, place) => {
    const known = filterByName.get(nameOf(resolve(one)) ?? "");
    if (known === undefined) throw new PdfDamage("a stream has an unknown filter");
    const own = resolve(Array.isArray(parameters) ? parameters[place] : parameters);
    return { filter: known, parameters: isDict(own) ? resolved(own, resolve) : undefined };
  });
}

function resolved(dict: PdfDict, resolve: (object: PdfObject) => PdfObject): PdfDict {
  const entries = new Map([...dict.entries].map(([key, value]) => [key, resolve(value)]));
  return { ...dict, entries };
}

/** What a stream's bytes are, after the filters that we undo. */
export type Decoded =
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "picture"; codec: PictureCodec; bytes: Uint8Array };

/**
 * Undoes the filters one after the other, up to a picture's. Throws PdfDamage when the data are
 * damaged or unpack to more than `bytesMax`.
 */
export function decodeBytes(options: {
  bytes: Uint8Array;
  steps: readonly FilterStep[];
  bytesMax: number;
  budget: Budget;
}): Decoded {
  const { steps, bytesMax, budget } = options;
  let bytes = options.bytes;
  for (const { filter, parameters } of steps) {
    switch (filter) {
      case "Flate":
        bytes = unpredicted(inflate(bytes, bytesMax), parameters);
        break;
      case "LZW": {
        const early = integerOf(parameters?.entries.get("EarlyChange")) !== 0;
        bytes = unpredicted(lzw({ bytes, early, bytesMax }), parameters);
        break;
      }
      case "ASCII85":
        bytes = ascii85(bytes);
        break;
      case "ASCIIHex":
        bytes = asciiHex(bytes);
        break;
      case "RunLength":
        bytes = runLength(bytes, bytesMax);
        break;
      case "Crypt":
        break; // undone before, with the encryption
      case "DCT":
      case "JPX":
      case "CCITT":
      case "JBIG2":
        return { kind: "picture", codec: filter, bytes };
    }
    budget.bytes(bytes.length);
  }
  return { kind: "bytes", bytes };
}

/** The predictor of Flate's and LZW's parameters, with the standard's defaults. */
export function predictorOf(parameters: PdfDict | undefined): PredictorParameters {
  const number = (key: string, fallback: number): number =>
    integerOf(parameters?.entries.get(key)) ?? fallback;
  return {
    predictor: number("Predictor", 1),
    colors: number("Colors", 1),
    bitsPerComponent: number("BitsPerComponent", 8),
    columns: number("Columns", 1),
  };
}

function unpredicted(bytes: Uint8Array, parameters: PdfDict | undefined): Uint8Array {
  return startUnpredict(predictorOf(parameters))(bytes);
}

function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array {
  // A stream that ends too soon gives what it has, as in every reader.
  const options = { maxOutputLength: bytesMax, finishFlush: zlib.Z_SYNC_FLUSH };
  try {
    return inflateSync(bytes, options);
  } catch {
    try {
      // Without the head and the checksum, which broken programs get wrong and readers forgive.
      return inflateRawSync(bytes.subarray(2), options);
    } catch (error) {
      throw new PdfDamage("compressed data are damaged or too large", { cause: error });
    }
  }
}
