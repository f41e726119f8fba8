import { type ColourSpace, componentsOf, isGrey, pictureTolerance } from "./colour-space.ts";

/** Takes the next bytes of a picture's pixels; true as soon as one of them is a colour. */
export type PixelCheck = (chunk: Uint8Array) => boolean;

export interface PixelLayout {
  space: ColourSpace;
  bitsPerComponent: number;
  /** Pixels in a row; each row begins at a byte. */
  width: number;
  /** The picture's Decode array, or none for the default. */
  decode: readonly number[];
}

const tolerance = Math.round(pictureTolerance * 255);
const rowBytesMax = 16 * 1024 * 1024;

/** Starts to look at pixels (ISO 32000-2, 8.9.5); undefined when their layout cannot be judged. */
export function startPixelCheck(layout: PixelLayout): PixelCheck | undefined {
  const { space, bitsPerComponent: bits, width, decode } = layout;
  const components = componentsOf(space);
  if (components === undefined || ![1, 2, 4, 8, 16].includes(bits) || !(width >= 1))
    return undefined;
  const rowBytes = Math.ceil((components * bits * width) / 8);
  if (rowBytes > rowBytesMax) return undefined;
  const plain = isDefault(layout, components);
  if (components === 1 && bits <= 8) return byTable(layout);
  if (space.kind === "rgb" && bits === 8 && plain) return byTriples();
  if (space.kind === "cmyk" && bits === 8 && plain) return byQuadruples();
  return byRows(rowBytes, rowCheck({ space, bits, width, components, decode }));
}

/** Whether no value at all that one component can have is a colour. */
export function everyValueIsGrey(layout: PixelLayout): boolean {
  if (componentsOf(layout.space) !== 1 || layout.bitsPerComponent > 8) return false;
  return !valuesThatAreColour(layout).includes(true);
}

function isDefault({ space, decode }: PixelLayout, components: number): boolean {
  if (decode.length === 0) return true;
  if (space.kind === "indexed" || space.kind === "lab") return false;
  return decode.length === 2 * components && decode.every((limit, place) => limit === place % 2);
}

function valuesThatAreColour(layout: PixelLayout): boolean[] {
  const { space, bitsPerComponent: bits, decode } = layout;
  const most = 2 ** bits - 1;
  const [low = 0, high = space.kind === "indexed" ? most : 1] = decode;
  return Array.from(
    { length: most + 1 },
    (_, value) => !isGrey(space, [low + (value / most) * (high - low)], pictureTolerance),
  );
}

/** One component of up to 8 bits: a byte's samples are looked up at once. */
function byTable(layout: PixelLayout): PixelCheck {
  const { bitsPerComponent: bits } = layout;
  const values = valuesThatAreColour(layout);
  const coloured = Uint8Array.from({ length: 256 }, (_, byte) => {
    for (let shift = 0; shift < 8; shift += bits)
      if (values[(byte >> shift) & (2 ** bits - 1)] === true) return 1;
    return 0;
  });
  if (!coloured.includes(1)) return () => false;
  return (chunk) => {
    for (let at = 0; at < chunk.length; at++) if (coloured[chunk[at] ?? 0] === 1) return true;
    return false;
  };
}

function byTriples(): PixelCheck {
  return byGroups(3, (bytes, end) => {
    for (let at = 0; at < end; at += 3) {
      const red = bytes[at] ?? 0;
      const green = bytes[at + 1] ?? 0;
      const blue = bytes[at + 2] ?? 0;
      // Most pixels are exactly grey; only the others are measured.
      if (red === green && green === blue) continue;
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > tolerance) return true;
    }
    return false;
  });
}

function byQuadruples(): PixelCheck {
  return byGroups(4, (bytes, end) => {
    for (let at = 0; at < end; at += 4)
      if (
        (bytes[at] ?? 0) > tolerance ||
        (bytes[at + 1] ?? 0) > tolerance ||
        (bytes[at + 2] ?? 0) > tolerance
      )
        return true;
    return false;
  });
}

/** Any other layout: each row is unpacked, each different pixel is judged once. */
function rowCheck(options: {
  space: ColourSpace;
  bits: number;
  width: number;
  components: number;
  decode: readonly number[];
}): (row: Uint8Array) => boolean {
  const { space, bits, width, components, decode } = options;
  const most = 2 ** bits - 1;
  const lab = [0, 100, -100, 100, -100, 100];
  const limits = decode.length === 2 * components ? decode : space.kind === "lab" ? lab : [];
  const judged = new Map<string, boolean>();
  const pixelIsColour = (samples: readonly number[]): boolean => {
    const key = samples.join();
    const known = judged.get(key);
    if (known !== undefined) return known;
    const colour = samples.map((sample, place) => {
      const low = limits[2 * place] ?? 0;
      return low + (sample / most) * ((limits[2 * place + 1] ?? 1) - low);
    });
    const answer = !isGrey(space, colour, pictureTolerance);
    if (judged.size < 10_000) judged.set(key, answer);
    return answer;
  };
  return (row) => {
    for (let pixel = 0; pixel < width; pixel++) {
      const samples: number[] = [];
      for (let place = 0; place < components; place++)
        samples.push(sampleAt(row, (pixel * components + place) * bits, bits));
      if (pixelIsColour(samples)) return true;
    }
    return false;
  };
}

function sampleAt(row: Uint8Array, bit: number, bits: number): number {
  const byte = row[bit >> 3] ?? 0;
  if (bits === 16) return byte * 256 + (row[(bit >> 3) + 1] ?? 0);
  return (byte >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
}

function byRows(rowBytes: number, check: (row: Uint8Array) => boolean): PixelCheck {
  return byGroups(rowBytes, (bytes, end) => {
    for (let at = 0; at < end; at += rowBytes)
      if (check(bytes.subarray(at, at + rowBytes))) return true;
    return false;
  });
}

/** Hands on whole groups of bytes only; the begun one waits for the next chunk. */
function byGroups(size: number, check: (bytes: Uint8Array, end: number) => boolean): PixelCheck {
  let rest: Uint8Array = new Uint8Array(0);
  return (chunk) => {
    let bytes = chunk;
    if (rest.length > 0) {
      const missing = Math.min(size - rest.length, chunk.length);
      const group = Buffer.concat([rest, chunk.subarray(0, missing)]);
      if (group.length < size) {
        rest = group;
        return false;
      }
      if (check(group, size)) return true;
      bytes = chunk.subarray(missing);
    }
    const end = bytes.length - (bytes.length % size);
    rest = Uint8Array.from(bytes.subarray(end));
    return check(bytes, end);
  };
}
