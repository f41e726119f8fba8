import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { decodeBytes, filterSteps } from "../filters/decode-stream.ts";
import { readIndirect, streamLength } from "./indirect-object.ts";
import {
  integerOf,
  isRef,
  isStream,
  nameOf,
  PdfDamage,
  type PdfDict,
  type PdfObject,
} from "./pdf-object.ts";
import type { XrefTable } from "./xref-table.ts";

const unpackedBytesMax = 64 * 1024 * 1024;

/**
 * Reads the cross-reference stream at `offset` into the table (ISO 32000-2, 7.5.8); gives its
 * dictionary, which is a trailer too. Throws PdfDamage when it is not one.
 */
export function readXrefStream(options: {
  source: ByteSource;
  budget: Budget;
  table: XrefTable;
  offset: number;
}): PdfDict {
  const { source, budget, table, offset } = options;
  const { value } = readIndirect({ source, budget, offset });
  if (!isStream(value) || nameOf(value.dict.entries.get("Type")) !== "XRef")
    throw new PdfDamage("the index is not where the file says");
  const { dict, start } = value;
  // Nothing can be looked up yet, so its own entries are direct objects.
  const direct = (object: PdfObject | undefined): PdfObject =>
    object === undefined || isRef(object) ? null : object;
  const length = streamLength({
    source,
    budget,
    stream: value,
    stated: direct(dict.entries.get("Length")),
  });
  const decoded = decodeBytes({
    bytes: source.read(start, Math.min(length, unpackedBytesMax)),
    steps: filterSteps(dict, direct),
    bytesMax: unpackedBytesMax,
    budget,
  });
  if (decoded.kind !== "bytes") throw new PdfDamage("the index is a picture");

  const widths = numbers(dict.entries.get("W"));
  const [typeBytes = 0, secondBytes = 0, thirdBytes = 0] = widths;
  const entryBytes = typeBytes + secondBytes + thirdBytes;
  if (widths.length < 3 || widths.some((width) => width < 0 || width > 8) || entryBytes === 0)
    throw new PdfDamage("the index has entries of no size");
  const size = integerOf(dict.entries.get("Size")) ?? 0;
  const ranges = numbers(dict.entries.get("Index"));
  if (ranges.length === 0) ranges.push(0, size);

  let at = 0;
  for (let pair = 0; pair + 1 < ranges.length; pair += 2) {
    const first = ranges[pair] ?? 0;
    const count = ranges[pair + 1] ?? 0;
    for (let place = 0; place < count && at + entryBytes <= decoded.bytes.length; place++) {
      budget.operations(1);
      const type = typeBytes === 0 ? 1 : bigEndian(decoded.bytes, at, typeBytes);
      const second = bigEndian(decoded.bytes, at + typeBytes, secondBytes);
      const third = bigEndian(decoded.bytes, at + typeBytes + secondBytes, thirdBytes);
      at += entryBytes;
      if (type === 1 && second > 0) table.add(first + place, { kind: "at", offset: second });
      else if (type === 2)
        table.add(first + place, { kind: "packed", stream: second, index: third });
      else if (type <= 1) table.add(first + place, { kind: "free" });
    }
  }
  return dict;
}

function numbers(object: PdfObject | undefined): number[] {
  if (!Array.isArray(object)) return [];
  return object.map((one) => integerOf(one) ?? -1);
}

function bigEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let place = 0; place < count; place++) value = value * 256 + (bytes[at + place] ?? 0);
  return value;
}
