/** A Huffman table as T.81 gives it, ready to be walked bit by bit (annex F.2.2.3). */
export interface HuffmanTable {
  /** For each length of 1 to 16 bits: the largest code, or -1; and how its code finds the value. */
  largest: Int32Array;
  offset: Int32Array;
  values: Uint8Array;
}

export interface JpegComponent {
  id: number;
  across: number;
  down: number;
  quantisation: number;
}

/** A baseline JPEG as its markers describe it, up to the scans. */
export interface JpegFrame {
  width: number;
  height: number;
  components: JpegComponent[];
  quantisation: Map<number, Uint16Array>;
  /** Key: 16 × class (0 DC, 1 AC) + destination. */
  huffman: Map<number, HuffmanTable>;
  restartInterval: number;
  /** The `transform` of Adobe's marker: 0 says that the components are not YCbCr. */
  adobeTransform: number | undefined;
}

export function newFrame(): JpegFrame {
  return {
    width: 0,
    height: 0,
    components: [],
    quantisation: new Map(),
    huffman: new Map(),
    restartInterval: 0,
    adobeTransform: undefined,
  };
}

/**
 * Takes in one marker segment (ITU-T T.81, B.2); false for a kind of JPEG that is not baseline, or is
 * damaged.
 */
export function takeSegment(frame: JpegFrame, marker: number, segment: Buffer): boolean {
  switch (marker) {
    case 0xc0:
    case 0xc1:
      return takeFrame(frame, segment);
    case 0xc4:
      return takeHuffman(frame, segment);
    case 0xdb:
      return takeQuantisation(frame, segment);
    case 0xdd:
      frame.restartInterval = segment.length >= 2 ? segment.readUInt16BE(0) : 0;
      return true;
    case 0xee:
      if (segment.length >= 12 && segment.toString("latin1", 0, 5) === "Adobe")
        frame.adobeTransform = segment[11];
      return true;
    default:
      // Other frames are progressive, lossless or arithmetic; other segments say nothing here.
      return !(marker >= 0xc2 && marker <= 0xcf);
  }
}

function takeFrame(frame: JpegFrame, segment: Buffer): boolean {
  if (segment.length < 6 || segment[0] !== 8 || frame.components.length > 0) return false;
  frame.height = segment.readUInt16BE(1);
  frame.width = segment.readUInt16BE(3);
  const count = segment[5] ?? 0;
  if (segment.length < 6 + 3 * count) return false;
  for (let place = 0; place < count; place++) {
    const at = 6 + 3 * place;
    const sampling = segment[at + 1] ?? 0;
    const [across, down] = [sampling >> 4, sampling & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4) return false;
    frame.components.push({
      id: segment[at] ?? 0,
      across,
      down,
      quantisation: segment[at + 2] ?? 0,
    });
  }
  return frame.width > 0 && frame.height > 0;
}

function takeQuantisation(frame: JpegFrame, segment: Buffer): boolean {
  for (let at = 0; at < segment.length; ) {
    const head = segment[at] ?? 0;
    const bytes = head >> 4 === 0 ? 1 : 2;
    if (at + 1 + 64 * bytes > segment.length) return false;
    const table = Uint16Array.from({ length: 64 }, (_, place) =>
      bytes === 1 ? (segment[at + 1 + place] ?? 0) : segment.readUInt16BE(at + 1 + 2 * place),
    );
    frame.quantisation.set(head & 15, table);
    at += 1 + 64 * bytes;
  }
  return true;
}

function takeHuffman(frame: JpegFrame, segment: Buffer): boolean {
  for (let at = 0; at < segment.length; ) {
    if (at + 17 > segment.length) return false;
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total > 256 || at + 17 + total > segment.length) return false;
    frame.huffman.set(
      segment[at] ?? 0,
      huffmanTable(counts, segment.subarray(at + 17, at + 17 + total)),
    );
    at += 17 + total;
  }
  return true;
}

function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const largest = new Int32Array(17).fill(-1);
  const offset = new Int32Array(17);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    offset[length] = place - code;
    code += count;
    place += count;
    if (count > 0) largest[length] = code - 1;
    code <<= 1;
  }
  return { largest, offset, values: Uint8Array.from(values) };
}
