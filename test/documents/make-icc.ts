/**
 * ICC profiles (ICC.1:2022, version 2 of the format, which every reader takes) that say what a test
 * wants of grey: honest ones, and those that make a colour of it.
 */
type Family = "GRAY" | "RGB " | "CMYK";

const white = [0.9642, 1, 0.8249] as const;

/** Primaries of sRGB, adapted to D50. */
const primaries = [
  [0.4361, 0.2225, 0.0139],
  [0.3851, 0.7169, 0.0971],
  [0.1431, 0.0606, 0.7139],
] as const;

/** With a curve for each of red, green and blue: a power. Equal ones keep grey grey. */
export function rgbProfile(powers: readonly [number, number, number], swapped = false): Buffer {
  const [red, green, blue] = primaries;
  // With blue told twice, white is no sum of the three any more.
  const xyz = swapped ? [blue, green, blue] : [red, green, blue];
  return profile("RGB ", "XYZ ", [
    ...["rXYZ", "gXYZ", "bXYZ"].map((name, place): [string, Buffer] => [
      name,
      xyzTag(xyz[place] ?? white),
    ]),
    ...["rTRC", "gTRC", "bTRC"].map((name, place): [string, Buffer] => [
      name,
      curveTag(powers[place] ?? 1),
    ]),
  ]);
}

/**
 * With a table of the corners: no ink but black comes out at `[a, b]` of CIELAB where it is full, and
 * the rest as one would think. In 8 or 16 bits, or as version 4 writes it.
 */
export function tableProfile(
  family: Family,
  [a, b]: readonly [number, number],
  kind: "mft1" | "mft2" | "mAB " = "mft2",
): Buffer {
  const inputs = { GRAY: 1, "RGB ": 3, CMYK: 4 }[family];
  const nodes = Array.from({ length: 2 ** inputs }, (_, at) => {
    const parts = Array.from(
      { length: inputs },
      (_each, place) => (at >> (inputs - 1 - place)) & 1,
    );
    return labOf(family, parts, [a, b]);
  });
  const parts = nodes.flatMap(([light, a, b]) => [light / 100, (a + 128) / 255, (b + 128) / 255]);
  return profile(
    family,
    "Lab ",
    [["A2B0", tableTag(kind, inputs, parts)]],
    kind === "mAB " ? 4 : 2,
  );
}

/** With a table of one grey to XYZ, where black comes out so. */
export function xyzProfile(black: readonly [number, number, number]): Buffer {
  const parts = [...black, ...white].map((part) => (part * 32_768) / 65_535);
  return profile("GRAY", "XYZ ", [["A2B0", tableTag("mAB ", 1, parts)]], 4);
}

function labOf(
  family: Family,
  parts: readonly number[],
  [a, b]: readonly [number, number],
): [number, number, number] {
  const [first = 0, second = 0, third = 0, black = 0] = parts;
  if (family === "CMYK") {
    const isGrey = first + second + third === 0;
    if (isGrey) return black === 1 ? [20, a, b] : [100, 0, 0];
    return [50 - 40 * black, 30 * (second - first), 30 * (third - first)];
  }
  const isGrey = new Set(parts).size === 1;
  if (isGrey) return first === 1 ? [100, a, b] : [0, 0, 0];
  return [60, 40 * (first - second), 40 * (second - third)];
}

function profile(family: Family, space: string, tags: [string, Buffer][], version = 2): Buffer {
  const head = Buffer.alloc(128);
  head.writeUInt8(version, 8);
  head.write(family === "CMYK" ? "prtr" : "mntr", 12, "latin1");
  head.write(family, 16, "latin1");
  head.write(space, 20, "latin1");
  head.write("acsp", 36, "latin1");
  for (const [place, part] of white.entries())
    head.writeInt32BE(Math.round(part * 65_536), 68 + 4 * place);
  const all: [string, Buffer][] = [["wtpt", xyzTag(white)], ...tags];
  const table = Buffer.alloc(4 + 12 * all.length);
  table.writeUInt32BE(all.length);
  let at = head.length + table.length;
  all.forEach(([name, data], place) => {
    table.write(name, 4 + 12 * place, "latin1");
    table.writeUInt32BE(at, 8 + 12 * place);
    table.writeUInt32BE(data.length, 12 + 12 * place);
    at += data.length;
  });
  head.writeUInt32BE(at);
  return Buffer.concat([head, table, ...all.map(([, data]) => data)]);
}

function xyzTag(parts: readonly number[]): Buffer {
  const tag = Buffer.alloc(20);
  tag.write("XYZ ", "latin1");
  for (const [place, part] of parts.entries())
    tag.writeInt32BE(Math.round(part * 65_536), 8 + 4 * place);
  return tag;
}

function curveTag(power: number): Buffer {
  const tag = Buffer.alloc(16);
  tag.write("curv", "latin1");
  tag.writeUInt32BE(1, 8);
  tag.writeUInt16BE(Math.round(power * 256), 12);
  return tag;
}

/** `parts`: of each corner three numbers from 0 to 1. */
function tableTag(
  kind: "mft1" | "mft2" | "mAB ",
  inputs: number,
  parts: readonly number[],
): Buffer {
  const sixteen = kind === "mft2" ? 65_280 : 65_535;
  const words = (values: readonly number[]) => {
    const bytes = Buffer.alloc(2 * values.length);
    for (const [place, part] of values.entries()) bytes.writeUInt16BE(Math.round(part), 2 * place);
    return bytes;
  };
  if (kind === "mAB ") {
    const head = Buffer.alloc(32);
    head.write(kind, "latin1");
    head.writeUInt8(inputs, 8);
    head.writeUInt8(3, 9);
    const straight = Buffer.concat([Buffer.from("curv\0\0\0\0\0\0\0\0", "latin1")]);
    const curves = (count: number) => Buffer.concat(Array<Buffer>(count).fill(straight));
    const grid = Buffer.alloc(20);
    grid.fill(2, 0, inputs);
    grid.writeUInt8(2, 16);
    const cells = words(parts.map((part) => part * sixteen));
    const padded = Buffer.concat([grid, cells, Buffer.alloc((4 - (cells.length % 4)) % 4)]);
    head.writeUInt32BE(32, 12);
    head.writeUInt32BE(32 + 36, 24);
    head.writeUInt32BE(32 + 36 + padded.length, 28);
    return Buffer.concat([head, curves(3), padded, curves(inputs)]);
  }
  const head = Buffer.alloc(kind === "mft1" ? 48 : 52);
  head.write(kind, "latin1");
  head.set([inputs, 3, 2], 8);
  for (const place of [0, 4, 8]) head.writeInt32BE(65_536, 12 + 4 * place);
  if (kind === "mft1") {
    const ramp = Buffer.from(Array.from({ length: 256 }, (_, step) => step));
    return Buffer.concat([
      head,
      ...Array<Buffer>(inputs).fill(ramp),
      Buffer.from(parts.map((part) => Math.round(part * 255))),
      ...Array<Buffer>(3).fill(ramp),
    ]);
  }
  head.writeUInt16BE(2, 48);
  head.writeUInt16BE(2, 50);
  const ramp = words([0, 65_535]);
  return Buffer.concat([
    head,
    ...Array<Buffer>(inputs).fill(ramp),
    words(parts.map((part) => part * sixteen)),
    ...Array<Buffer>(3).fill(ramp),
  ]);
}
