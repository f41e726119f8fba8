import type { PdfFile } from "../pdf/pdf-file.ts";
import {
  integerOf,
  isDict,
  isStream,
  PdfDamage,
  type PdfDict,
  type PdfObject,
} from "../pdf/pdf-object.ts";
import { parseProgram, runProgram } from "./calculator.ts";

/** A PDF function (ISO 32000-2, 7.10): it may throw PdfDamage for what it cannot calculate. */
export interface PdfFunction {
  at(inputs: readonly number[]): number[];
  /**
   * Inputs whose results between them hold every result of a one-input function, as far as one can
   * tell: its corners for straight pieces, a fine comb for a program.
   */
  corners: readonly number[];
}

const samplesBytesMax = 4 * 1024 * 1024;
const depthMax = 8;

/** Reads a function. Throws PdfDamage for one that is damaged or of a kind that does not exist. */
export function readFunction(file: PdfFile, object: PdfObject, depth = 0): PdfFunction {
  const value = file.resolve(object);
  const dict = isStream(value) ? value.dict : value;
  if (!isDict(dict) || depth > depthMax) throw new PdfDamage("a function is missing");
  const domain = numbers(file, dict, "Domain");
  const range = numbers(file, dict, "Range");
  const made = ((): PdfFunction => {
    switch (integerOf(file.get(dict, "FunctionType"))) {
      case 0:
        return sampled({ file, object: value, dict, domain, range });
      case 2:
        return exponential({ file, dict, domain });
      case 3:
        return stitched({ file, dict, domain, depth });
      case 4:
        return calculated({ file, object: value, domain, range });
      default:
        throw new PdfDamage("a function is of an unknown kind");
    }
  })();
  return {
    corners: made.corners,
    at: (inputs) => clampAll(made.at(clampAll(inputs, domain)), range),
  };
}

function exponential(options: { file: PdfFile; dict: PdfDict; domain: number[] }): PdfFunction {
  const { file, dict, domain } = options;
  const from = numbers(file, dict, "C0");
  const to = numbers(file, dict, "C1");
  if (from.length === 0) from.push(0);
  if (to.length === 0) to.push(1);
  const exponent = file.get(dict, "N");
  const power = typeof exponent === "number" ? exponent : 1;
  return {
    corners: [domain[0] ?? 0, domain[1] ?? 1],
    at: ([x = 0]) =>
      from.map((start, place) => start + x ** power * ((to[place] ?? start) - start)),
  };
}

function stitched(options: {
  file: PdfFile;
  dict: PdfDict;
  domain: number[];
  depth: number;
}): PdfFunction {
  const { file, dict, domain, depth } = options;
  const list = file.get(dict, "Functions");
  if (!Array.isArray(list) || list.length === 0 || list.length > 1_000)
    throw new PdfDamage("a function has no parts");
  const parts = list.map((one) => readFunction(file, one, depth + 1));
  const bounds = numbers(file, dict, "Bounds");
  const encode = numbers(file, dict, "Encode");
  const [low = 0, high = 1] = domain;
  const at = (x: number, place: number): number[] => {
    const from = place === 0 ? low : (bounds[place - 1] ?? low);
    const to = bounds[place] ?? high;
    const start = encode[2 * place] ?? 0;
    const end = encode[2 * place + 1] ?? 1;
    const part = parts[place];
    if (part === undefined) throw new PdfDamage("a function has a part too few");
    return part.at([to === from ? start : start + ((x - from) / (to - from)) * (end - start)]);
  };
  // Both sides of each seam, and the corners of each part as seen from outside.
  const comb = Array.from({ length: 257 }, (_, tooth) => low + ((high - low) * tooth) / 256);
  const seams = bounds.flatMap((bound) => [bound - 1e-6, bound, bound + 1e-6]);
  return {
    corners: [...comb, ...seams],
    at: ([x = 0]) => {
      const place = bounds.findIndex((bound) => x < bound);
      return at(x, place === -1 ? parts.length - 1 : place);
    },
  };
}

function calculated(options: {
  file: PdfFile;
  object: PdfObject;
  domain: number[];
  range: number[];
}): PdfFunction {
  const { file, object, domain, range } = options;
  if (!isStream(object)) throw new PdfDamage("a function has no program");
  const decoded = file.decoded(object, samplesBytesMax);
  const program = parseProgram(decoded.bytes);
  const [low = 0, high = 1] = domain;
  return {
    corners: Array.from({ length: 1025 }, (_, tooth) => low + ((high - low) * tooth) / 1024),
    at: (inputs) => {
      const stack = [...inputs];
      runProgram(program, stack, file.budget);
      return stack.slice(-Math.max(1, range.length / 2));
    },
  };
}

function sampled(options: {
  file: PdfFile;
  object: PdfObject;
  dict: PdfDict;
  domain: number[];
  range: number[];
}): PdfFunction {
  const { file, object, dict, domain, range } = options;
  const sizes = numbers(file, dict, "Size");
  const bits = integerOf(file.get(dict, "BitsPerSample")) ?? 0;
  const outputs = range.length / 2;
  const decode = numbers(file, dict, "Decode");
  const encode = numbers(file, dict, "Encode");
  if (!isStream(object) || ![8, 16].includes(bits) || outputs < 1 || sizes.length > 4)
    throw new PdfDamage("a function is sampled in a way that is not read");
  const { bytes } = file.decoded(object, samplesBytesMax);
  const width = bits / 8;
  const sample = (index: number, output: number): number => {
    const at = (index * outputs + output) * width;
    const value = width === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    const [low = 0, high = 1] =
      decode.length > 0 ? decode.slice(2 * output) : range.slice(2 * output);
    return low + (value / (2 ** bits - 1)) * (high - low);
  };
  const [low = 0, high = 1] = domain;
  const steps = Math.max(1, (sizes[0] ?? 2) - 1);
  return {
    corners: Array.from(
      { length: Math.min(steps, 70_000) + 1 },
      (_, n) => low + ((high - low) * n) / steps,
    ),
    at: (inputs) => {
      const places = inputs.map((x, input) => {
        const from = domain[2 * input] ?? 0;
        const to = domain[2 * input + 1] ?? 1;
        const last = (sizes[input] ?? 1) - 1;
        const first = encode[2 * input] ?? 0;
        const end = encode[2 * input + 1] ?? last;
        const place = to === from ? first : first + ((x - from) / (to - from)) * (end - first);
        return Math.min(last, Math.max(0, place));
      });
      return Array.from({ length: outputs }, (_, output) =>
        between({ places, sizes, sample: (index) => sample(index, output) }),
      );
    },
  };
}

/** Linear between the samples around a place, in each dimension. */
function between(options: {
  places: readonly number[];
  sizes: readonly number[];
  sample: (index: number) => number;
}): number {
  const { places, sizes, sample } = options;
  const blend = (dimension: number, index: number, stride: number): number => {
    const place = places[dimension];
    if (place === undefined) return sample(index);
    const floor = Math.floor(place);
    const next = stride * (sizes[dimension] ?? 1);
    const lower = blend(dimension + 1, index + floor * stride, next);
    if (place === floor) return lower;
    const upper = blend(dimension + 1, index + (floor + 1) * stride, next);
    return lower + (place - floor) * (upper - lower);
  };
  return blend(0, 0, 1);
}

function clampAll(values: readonly number[], limits: readonly number[]): number[] {
  return values.map((value, place) => {
    const [low = -Infinity, high = Infinity] = limits.slice(2 * place, 2 * place + 2);
    return Math.min(high, Math.max(low, value));
  });
}

function numbers(file: PdfFile, dict: PdfDict, key: string): number[] {
  const list = file.get(dict, key);
  if (!Array.isArray(list)) return [];
  if (list.length > 1_000) throw new PdfDamage("a function has too many numbers");
  return list.map((one) => {
    const value = file.resolve(one);
    return typeof value === "number" ? value : 0;
  });
}
