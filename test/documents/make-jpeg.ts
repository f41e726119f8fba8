/** What a JPEG shows, in blocks of 8 × 8 pixels of one colour each. */
export interface JpegSpec {
  blocksAcross?: number;
  blocksDown?: number;
  /** Components of a block: grey; red, green and blue; or cyan, magenta, yellow and black. */
  paint: (x: number, y: number) => readonly number[];
  components?: 1 | 3 | 4;
  /** A progressive one, of a single scan. */
  progressive?: boolean;
  /** Say with Adobe's marker that the components are red, green and blue themselves. */
  adobeRgb?: boolean;
  /** Segments between the start and the frame, with their markers. */
  segments?: readonly Uint8Array[];
  /** A restart marker behind every so many blocks. */
  restartEvery?: number;
}

/**
 * Writes a JPEG (ITU-T T.81) of flat blocks: only their first coefficients, with quantisation by one
 * and a Huffman code of four bits for each length. For tests.
 */
export function makeJpeg(spec: JpegSpec): Buffer {
  const { blocksAcross = 6, blocksDown = 8, components = 3, progressive = false } = spec;
  const { adobeRgb = false, segments = [], restartEvery = 0 } = spec;
  const ids = Array.from({ length: components }, (_, place) => place + 1);
  const adobe = adobeRgb || components === 4;
  const frame = Buffer.from([
    8,
    ...sixteen(blocksDown * 8),
    ...sixteen(blocksAcross * 8),
    components,
    ...ids.flatMap((id) => [id, 0x11, 0]),
  ]);
  const scan = [components, ...ids.flatMap((id) => [id, 0x00]), 0, progressive ? 0 : 63, 0];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(adobe ? [segment(0xee, Buffer.from("Adobe\0\x64\0\0\0\0\0", "latin1"))] : []),
    ...segments,
    segment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(1)])),
    segment(progressive ? 0xc2 : 0xc0, frame),
    // Classes 0 to 11 with four bits each; and the end of a block with one bit.
    segment(0xc4, Buffer.from([0x00, 0, 0, 0, 12, ...new Array<number>(12).fill(0), ...lengths])),
    segment(0xc4, Buffer.from([0x10, 1, ...new Array<number>(15).fill(0), 0])),
    ...(restartEvery > 0 ? [segment(0xdd, Buffer.from(sixteen(restartEvery)))] : []),
    segment(0xda, Buffer.from(scan)),
    scanData({ ...spec, blocksAcross, blocksDown, components, progressive, adobeRgb }),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** One marker segment, for {@link JpegSpec.segments}. */
export function segment(marker: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker, ...sixteen(body.length + 2)]), body]);
}

const lengths = Array.from({ length: 12 }, (_, length) => length);

function scanData(
  spec: Required<
    Pick<JpegSpec, "blocksAcross" | "blocksDown" | "components" | "progressive" | "adobeRgb">
  > &
    JpegSpec,
): Buffer {
  const { blocksAcross, blocksDown, components, progressive, restartEvery = 0 } = spec;
  const out: number[] = [];
  let held = "";
  let last = new Array<number>(components).fill(0);
  const put = (bits: string): void => {
    held += bits;
    for (; held.length >= 8; held = held.slice(8)) {
      const byte = Number.parseInt(held.slice(0, 8), 2);
      out.push(byte, ...(byte === 0xff ? [0] : []));
    }
  };
  const flush = (): void => put("1".repeat((8 - (held.length % 8)) % 8));
  for (let block = 0; block < blocksAcross * blocksDown; block++) {
    if (restartEvery > 0 && block > 0 && block % restartEvery === 0) {
      flush();
      out.push(0xff, 0xd0 + ((block / restartEvery - 1) % 8));
      last = last.map(() => 0);
    }
    const painted = spec.paint(block % blocksAcross, Math.floor(block / blocksAcross));
    for (const [place, value] of stored(painted, spec).entries()) {
      const coefficient = Math.round((value - 128) * 8);
      put(difference(coefficient - (last[place] ?? 0)));
      if (!progressive) put("0");
      last[place] = coefficient;
    }
  }
  flush();
  return Buffer.from(out);
}

/** The components as they are written: red, green and blue become YCbCr, inks are turned round. */
function stored(
  painted: readonly number[],
  { components, adobeRgb }: { components: 1 | 3 | 4; adobeRgb: boolean },
): readonly number[] {
  if (components === 4) return painted.map((ink) => 255 - ink);
  if (components === 1 || adobeRgb) return painted;
  const [red = 0, green = 0, blue = 0] = painted;
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [luma, 128 + (blue - luma) / 1.772, 128 + (red - luma) / 1.402];
}

/** ITU-T T.81 §F.1.2.1: the class with its code, then the bits of the number. */
function difference(value: number): string {
  const size = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  const bits = value >= 0 ? value : value + 2 ** size - 1;
  return (
    size.toString(2).padStart(4, "0") + (size === 0 ? "" : bits.toString(2).padStart(size, "0"))
  );
}

function sixteen(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
