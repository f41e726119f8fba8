import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";

/** What the markers of a JPEG tell, once all of it was walked over. */
export interface JpegOutline {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** The marker of its frame: 0xc0 is baseline, 0xc2 progressive (ITU-T T.81 table B.1). */
  readonly frame: number;
  /** It says that further pictures of the same scene follow behind it (CIPA DC-007). */
  readonly hasMore: boolean;
  /** Behind its last byte. */
  readonly end: number;
}

const pieceBytes = 64 * 1024;
/** More segments than any program writes. */
const segmentsMax = 100_000;

/**
 * Walks over the markers and scans of a JPEG (ITU-T T.81 annex B) from its beginning to its end of
 * image, in a window of memory. Undefined for one that is damaged or cut.
 */
export function walkJpeg(source: ByteSource, budget: Budget): JpegOutline | undefined {
  let frame: Omit<JpegOutline, "hasMore" | "end"> | undefined;
  let hasMore = false;
  let scans = 0;
  let at = 2;
  for (let segments = 0; segments < segmentsMax; segments++) {
    budget.operations(1);
    const head = bytesAt(source, at, 4);
    const marker = head[1];
    if (head[0] !== 0xff || marker === undefined) return undefined;
    if (marker === 0xff) {
      at += 1; // fill bytes, §B.1.1.2
      continue;
    }
    if (marker === 0xd9)
      return frame === undefined || scans === 0 ? undefined : { ...frame, hasMore, end: at + 2 };
    if (isAlone(marker) || head.length < 4) return undefined;
    const length = head.readUInt16BE(2);
    const segment = bytesAt(source, at + 4, Math.min(length, 32));
    if (length < 2 || at + 2 + length > source.length) return undefined;
    at += 2 + length;
    if (isFrame(marker)) {
      if (frame !== undefined) return undefined;
      frame = frameOf(marker, segment);
      if (frame === undefined) return undefined;
    } else if (marker === 0xe2 && segment.toString("latin1", 0, 4) === "MPF\0") hasMore = true;
    else if (marker === 0xda) {
      if (frame === undefined) return undefined;
      scans += 1;
      const next = behindScan({ source, budget, from: at });
      if (next === undefined) return undefined;
      at = next;
    }
  }
  return undefined;
}

/** Markers without a length, which have no place between segments. */
function isAlone(marker: number): boolean {
  return marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8);
}

/** Every kind of frame; 0xc4, 0xc8 and 0xcc in the same range are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function frameOf(
  marker: number,
  segment: Buffer,
): Omit<JpegOutline, "hasMore" | "end"> | undefined {
  if (segment.length < 6) return undefined;
  const [height, width] = [segment.readUInt16BE(1), segment.readUInt16BE(3)];
  const components = segment[5] ?? 0;
  if (width === 0 || components < 1 || components > 4) return undefined;
  return { width, height, components, frame: marker };
}

/** The place of the marker behind a scan's data; restarts and stuffed bytes are part of them. */
function behindScan(options: {
  source: ByteSource;
  budget: Budget;
  from: number;
}): number | undefined {
  const { source, budget } = options;
  let at = options.from;
  while (at < source.length) {
    const piece = bytesAt(source, at, pieceBytes);
    budget.bytes(piece.length);
    let place = piece.indexOf(0xff);
    for (; place !== -1 && place + 1 < piece.length; place = piece.indexOf(0xff, place + 2)) {
      const next = piece[place + 1] ?? 0;
      if (next === 0xff) place -= 1;
      else if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at + place;
    }
    if (place === -1) at += piece.length;
    // The byte behind it is in the next piece.
    else if (place > 0) at += place;
    else return undefined;
  }
  return undefined;
}

function bytesAt(source: ByteSource, offset: number, length: number): Buffer {
  const bytes = source.read(offset, length);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
