/** A table of an ICC profile that turns a device's colour into one of the connection space. */
export interface IccTable {
  readonly inputs: number;
  /** Of lut16Type, whose Lab has its middle at 0x8000 of 0xFFFF (ICC.1:2022, 10.10). */
  readonly isOldLab: boolean;
  /** Components from 0 to 1 in both; finite, and three of them. */
  at(colour: readonly number[]): number[];
}

type Step = (colour: readonly number[]) => number[];
class Unreadable extends Error {}

/** Reads lut8Type, lut16Type or lutAToBType (ICC.1:2022, 10.10 to 10.12); undefined for another or a damaged one. */
export function readTable(tag: Uint8Array): IccTable | undefined {
  try {
    const kind = Buffer.from(tag.subarray(0, 4)).toString("latin1");
    const bytes = new DataView(tag.buffer, tag.byteOffset, tag.byteLength);
    const inputs = bytes.getUint8(8);
    if (inputs < 1 || inputs > 4 || bytes.getUint8(9) !== 3) return undefined;
    const steps =
      kind === "mft1" || kind === "mft2"
        ? oldSteps(bytes, kind === "mft2" ? 2 : 1, inputs)
        : kind === "mAB "
          ? newSteps(bytes, inputs)
          : undefined;
    if (steps === undefined) return undefined;
    return {
      inputs,
      isOldLab: kind === "mft2",
      at: (colour) => steps.reduce((now, step) => step(now), [...colour]).map(clamp),
    };
  } catch (error) {
    // Read behind its end, or told of more than there is.
    if (error instanceof RangeError || error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Curves, grid, curves; the matrix is for input in XYZ, which no device has. */
function oldSteps(bytes: DataView, width: 1 | 2, inputs: number): Step[] {
  const grid = bytes.getUint8(10);
  const [before, after, from] =
    width === 1 ? [256, 256, 48] : [bytes.getUint16(48), bytes.getUint16(50), 52];
  const table = (entry: number) =>
    width === 1 ? bytes.getUint8(from + entry) / 255 : bytes.getUint16(from + 2 * entry) / 65_535;
  const nodes = grid ** inputs * 3;
  if (grid < 2 || before < 2 || after < 2) throw new Unreadable();
  // What lies behind the end is told now, not when a colour asks for it.
  table(before * inputs + nodes + after * 3 - 1);
  const curves = (first: number, entries: number): Step => {
    return (colour) =>
      colour.map((part, place) =>
        between(entries, part, (at) => table(first + place * entries + at)),
      );
  };
  const grids = Array<number>(inputs).fill(grid);
  return [
    curves(0, before),
    (colour) => inGrid({ colour, grids, node: (at) => table(before * inputs + at) }),
    curves(before * inputs + nodes, after),
  ];
}

/** A curves, grid, M curves, matrix, B curves; all but the last may be missing. */
function newSteps(bytes: DataView, inputs: number): Step[] {
  const [b = 0, matrix = 0, m = 0, clut = 0, a = 0] = [12, 16, 20, 24, 28].map((at) =>
    bytes.getUint32(at),
  );
  if (b === 0 || (clut === 0 && inputs !== 3)) throw new Unreadable();
  const steps: Step[] = [];
  if (a > 0) steps.push(curveSet(bytes, a, inputs));
  if (clut > 0) steps.push(gridAt(bytes, clut, inputs));
  if (m > 0) steps.push(curveSet(bytes, m, 3));
  if (matrix > 0) {
    const part = (at: number) => bytes.getInt32(matrix + 4 * at) / 65_536;
    part(11);
    steps.push(([x = 0, y = 0, z = 0]) =>
      [0, 1, 2].map((row) =>
        clamp(part(3 * row) * x + part(3 * row + 1) * y + part(3 * row + 2) * z + part(9 + row)),
      ),
    );
  }
  steps.push(curveSet(bytes, b, 3));
  return steps;
}

function gridAt(bytes: DataView, from: number, inputs: number): Step {
  const grids = Array.from({ length: inputs }, (_, place) => bytes.getUint8(from + place));
  const width = bytes.getUint8(from + 16);
  if (grids.some((one) => one < 2) || (width !== 1 && width !== 2)) throw new Unreadable();
  const node = (at: number) =>
    width === 1
      ? bytes.getUint8(from + 20 + at) / 255
      : bytes.getUint16(from + 20 + 2 * at) / 65_535;
  node(grids.reduce((product, one) => product * one, 3) - 1);
  return (colour) => inGrid({ colour, grids, node });
}

/** Curves one behind the other, each at a multiple of four bytes. */
function curveSet(bytes: DataView, from: number, count: number): Step {
  const curves: ((part: number) => number)[] = [];
  let at = from;
  while (curves.length < count) {
    const { curve, length } = readCurve(bytes, at);
    curves.push(curve);
    at += Math.ceil(length / 4) * 4;
  }
  return (colour) => colour.map((part, place) => clamp(curves[place]?.(part) ?? 0));
}

/** How many parameters a parametricCurveType has, by its function (10.18). */
const parameters = [1, 3, 4, 5, 7] as const;

function readCurve(
  bytes: DataView,
  at: number,
): { curve: (part: number) => number; length: number } {
  if (bytes.getUint32(at) === 0x63757276) {
    const count = bytes.getUint32(at + 8);
    const length = 12 + 2 * count;
    const entry = (place: number) => bytes.getUint16(at + 12 + 2 * place);
    if (count === 0) return { curve: (part) => part, length };
    entry(count - 1);
    if (count === 1) return { curve: (part) => part ** (entry(0) / 256), length };
    return { curve: (part) => between(count, part, (place) => entry(place) / 65_535), length };
  }
  if (bytes.getUint32(at) !== 0x70617261) throw new Unreadable();
  const kind = bytes.getUint16(at + 8);
  const count = parameters[kind];
  if (count === undefined) throw new Unreadable();
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: count },
    (_, place) => bytes.getInt32(at + 12 + 4 * place) / 65_536,
  );
  const power = (part: number) => Math.max(0, a * part + b) ** g;
  const curve = (part: number) => {
    switch (kind) {
      case 0:
        return part ** g;
      case 1:
        return part >= -b / a ? power(part) : 0;
      case 2:
        return part >= -b / a ? power(part) + c : c;
      case 3:
        return part >= d ? power(part) : c * part;
      default:
        return part >= d ? power(part) + e : c * part + f;
    }
  };
  return { curve, length: 12 + 4 * count };
}

/** Between the two nearest of a row of entries. */
function between(entries: number, part: number, entry: (at: number) => number): number {
  const place = clamp(part) * (entries - 1);
  const low = Math.min(Math.floor(place), entries - 2);
  const share = place - low;
  return entry(low) * (1 - share) + entry(low + 1) * share;
}

/** Between the corners of the cell that a colour lies in; `node` has three numbers for each corner. */
function inGrid(options: {
  colour: readonly number[];
  grids: readonly number[];
  node: (at: number) => number;
}): number[] {
  const { colour, grids, node } = options;
  let corners = [{ at: 0, weight: 1 }];
  for (const [place, grid] of grids.entries()) {
    const along = clamp(colour[place] ?? 0) * (grid - 1);
    const low = Math.min(Math.floor(along), grid - 2);
    const share = along - low;
    corners = corners.flatMap(({ at, weight }) => [
      { at: at * grid + low, weight: weight * (1 - share) },
      { at: at * grid + low + 1, weight: weight * share },
    ]);
  }
  return [0, 1, 2].map((output) =>
    corners.reduce((sum, { at, weight }) => sum + weight * node(3 * at + output), 0),
  );
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
