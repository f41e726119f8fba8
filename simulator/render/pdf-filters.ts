import { constants, inflateRawSync, inflateSync } from "node:zlib";
import type { PdfDictionary, PdfValue } from "./pdf-syntax.ts";

/** What one stream may grow to: enough for a page of pictures, too little for a bomb. */
const decodedMax = 256 * 1024 * 1024;

/**
 * The bytes of a stream without their filters (ISO 32000-1 §7.4), or undefined where one of them
 * is not known here: then nobody can look inside.
 */
export function decodeStream(bytes: Buffer, dictionary: PdfDictionary): Buffer | undefined {
  const filters = list(dictionary.get("Filter") ?? dictionary.get("F"));
  const parameters = list(dictionary.get("DecodeParms") ?? dictionary.get("DP"));
  let decoded: Buffer | undefined = bytes;
  filters.forEach((filter, index) => {
    const name = typeof filter === "object" && filter?.kind === "name" ? filter.name : "";
    const given = parameters[index];
    const entries =
      typeof given === "object" && given?.kind === "dictionary" ? given.entries : undefined;
    if (decoded !== undefined) decoded = decodeOne(decoded, name, entries);
  });
  return decoded;
}

function list(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined || value === null) return [];
  return typeof value === "object" && value.kind === "array" ? value.items : [value];
}

function decodeOne(
  bytes: Buffer,
  filter: string,
  parameters: PdfDictionary | undefined,
): Buffer | undefined {
  switch (filter) {
    case "FlateDecode":
    case "Fl": {
      const inflated = inflate(bytes);
      return inflated === undefined ? undefined : undoPredictor(inflated, parameters);
    }
    case "ASCIIHexDecode":
    case "AHx":
      return Buffer.from(bytes.toString("latin1").replace(/[^0-9A-Fa-f]/g, ""), "hex");
    case "ASCII85Decode":
    case "A85":
      return decodeAscii85(bytes);
    default:
      return undefined;
  }
}

function inflate(bytes: Buffer): Buffer | undefined {
  // A cut stream still shows what it begins with, as every viewer does.
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: decodedMax };
  for (const attempt of [
    () => inflateSync(bytes, options),
    () => inflateRawSync(bytes.subarray(2), options),
  ]) {
    try {
      return attempt();
    } catch {
      // The next attempt, without the check sum, or none.
    }
  }
  return undefined;
}

/** PNG predictors, ISO 32000-1 §7.4.4.4. */
function undoPredictor(bytes: Buffer, parameters: PdfDictionary | undefined): Buffer | undefined {
  const number = (name: string, otherwise: number) => {
    const value = parameters?.get(name);
    return typeof value === "number" ? value : otherwise;
  };
  const predictor = number("Predictor", 1);
  if (predictor === 1) return bytes;
  if (predictor < 10) return undefined;
  const bitsPerPixel = number("Colors", 1) * number("BitsPerComponent", 8);
  const pixel = Math.max(1, Math.ceil(bitsPerPixel / 8));
  const row = Math.ceil((bitsPerPixel * number("Columns", 1)) / 8);
  if (!(row >= 1 && row <= bytes.length)) return bytes.length === 0 ? bytes : undefined;
  const rows = Math.floor(bytes.length / (row + 1));
  const out = Buffer.alloc(rows * row);
  for (let y = 0; y < rows; y += 1) {
    const type = bytes[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x >= pixel ? (out[at - pixel] ?? 0) : 0;
      const up = y > 0 ? (out[at - row] ?? 0) : 0;
      const corner = x >= pixel && y > 0 ? (out[at - row - pixel] ?? 0) : 0;
      const raw = bytes[y * (row + 1) + 1 + x] ?? 0;
      out[at] = raw + predicted(type, left, up, corner);
    }
  }
  return out;
}

function predicted(type: number, left: number, up: number, corner: number): number {
  switch (type) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const byLeft = Math.abs(up - corner);
      const byUp = Math.abs(left - corner);
      const byCorner = Math.abs(left + up - 2 * corner);
      if (byLeft <= byUp && byLeft <= byCorner) return left;
      return byUp <= byCorner ? up : corner;
    }
    default:
      return 0;
  }
}

function decodeAscii85(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").replace(/\s/g, "").replace(/^<~/, "").split("~")[0] ?? "";
  const out: number[] = [];
  let group: number[] = [];
  const flush = (length: number) => {
    let value = 0;
    for (let i = 0; i < 5; i += 1) value = value * 85 + (group[i] ?? 84);
    for (let i = 0; i < length; i += 1) out.push(Math.floor(value / 256 ** (3 - i)) & 0xff);
    group = [];
  };
  for (const character of text) {
    if (character === "z" && group.length === 0) out.push(0, 0, 0, 0);
    else group.push(character.charCodeAt(0) - 33);
    if (group.length === 5) flush(4);
  }
  if (group.length > 1) flush(group.length - 1);
  return Buffer.from(out);
}
