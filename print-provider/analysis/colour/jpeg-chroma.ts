import type { Budget } from "../budget.ts";
import { PdfDamage } from "../pdf/pdf-object.ts";
import { pictureTolerance } from "./colour-space.ts";
import { bitsFrom, type JpegBits } from "./jpeg-bits.ts";
import {
  type HuffmanTable,
  type JpegComponent,
  type JpegFrame,
  newFrame,
  takeSegment,
} from "./jpeg-segments.ts";

/** How far Cb or Cr may be from the middle: blue is 1.772 times that far from grey. */
const chromaMax = (pictureTolerance * 255) / 1.772;

/**
 * Whether a baseline YCbCr JPEG is certainly grey: no block of its chroma is far from the middle. The
 * coefficients are read, the pixels are not made: a scanned page of a megabyte takes some 50 ms. False
 * for any other kind of JPEG. Throws PdfDamage when the data are damaged.
 */
export function jpegIsGrey(bytes: Uint8Array, budget: Budget): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const frame = newFrame();
  const seen = new Set<number>();
  let at = 2;
  while (at + 4 <= buffer.length) {
    if (buffer[at] !== 0xff) return false;
    const marker = buffer[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) break;
    else {
      const length = buffer.readUInt16BE(at + 2);
      const segment = buffer.subarray(at + 4, at + 2 + length);
      at += 2 + length;
      if (marker !== 0xda) {
        if (!takeSegment(frame, marker, segment)) return false;
        continue;
      }
      if (!isYCbCr(frame)) return false;
      const scan = openScan(frame, segment);
      if (scan === undefined) return false;
      const end = scanIsGrey({ frame, scan, bits: bitsFrom(buffer, at), budget });
      if (end === undefined) return false;
      for (const { component } of scan) seen.add(component.id);
      at = end;
    }
  }
  return seen.size === 3;
}

/** Components 1, 2, 3 by convention; "R", "G", "B" or Adobe's 0 say that they are colours themselves. */
function isYCbCr({ components, adobeTransform }: JpegFrame): boolean {
  const [first, second, third] = components.map(({ id }) => id);
  const named = first === 82 && second === 71 && third === 66;
  return (
    components.length === 3 && !named && (adobeTransform === undefined || adobeTransform === 1)
  );
}

interface ScanPart {
  component: JpegComponent;
  isChroma: boolean;
  dc: HuffmanTable;
  ac: HuffmanTable;
  quantisation: Uint16Array;
  lastDc: number;
}

function openScan(frame: JpegFrame, segment: Buffer): ScanPart[] | undefined {
  const count = segment[0] ?? 0;
  const parts: ScanPart[] = [];
  for (let place = 0; place < count; place++) {
    const id = segment[1 + 2 * place];
    const tables = segment[2 + 2 * place] ?? 0;
    const component = frame.components.find((one) => one.id === id);
    const dc = frame.huffman.get(tables >> 4);
    const ac = frame.huffman.get(16 + (tables & 15));
    const quantisation = frame.quantisation.get(component?.quantisation ?? -1);
    if (
      component === undefined ||
      dc === undefined ||
      ac === undefined ||
      quantisation === undefined
    )
      return undefined;
    const isChroma = component !== frame.components[0];
    parts.push({ component, isChroma, dc, ac, quantisation, lastDc: 0 });
  }
  return parts.length > 0 ? parts : undefined;
}

/** Reads one scan; gives where it ends, or undefined when it has colour. */
function scanIsGrey(options: {
  frame: JpegFrame;
  scan: ScanPart[];
  bits: JpegBits;
  budget: Budget;
}): number | undefined {
  const { frame, scan, bits, budget } = options;
  const most = (side: "across" | "down"): number =>
    Math.max(...frame.components.map((component) => component[side]));
  const [first] = scan;
  if (first === undefined) return undefined;
  // A scan of one component has its own blocks only, without those that fill up the others (A.2.2).
  const alone = scan.length === 1;
  const unitsAcross = alone
    ? Math.ceil(Math.ceil((frame.width * first.component.across) / most("across")) / 8)
    : Math.ceil(frame.width / (8 * most("across")));
  const unitsDown = alone
    ? Math.ceil(Math.ceil((frame.height * first.component.down) / most("down")) / 8)
    : Math.ceil(frame.height / (8 * most("down")));
  const units = unitsAcross * unitsDown;
  for (let unit = 0; unit < units; unit++) {
    if (frame.restartInterval > 0 && unit > 0 && unit % frame.restartInterval === 0) {
      bits.restart();
      for (const part of scan) part.lastDc = 0;
    }
    for (const part of scan) {
      const blocks = alone ? 1 : part.component.across * part.component.down;
      budget.operations(4 * blocks);
      for (let block = 0; block < blocks; block++) if (!blockIsGrey(part, bits)) return undefined;
    }
  }
  return bits.end();
}

/**
 * Reads one block (F.2.2.1, F.2.2.2). Its samples are no further from the middle than the sum of what
 * each coefficient can add: an eighth of the first one, a quarter of each other.
 */
function blockIsGrey(part: ScanPart, bits: JpegBits): boolean {
  const { quantisation, isChroma } = part;
  const length = bits.symbol(part.dc);
  if (length > 11) throw new PdfDamage("a picture has a number that is too long");
  part.lastDc += bits.signed(length);
  let far = (Math.abs(part.lastDc) * (quantisation[0] ?? 1)) / 8;
  for (let place = 1; place < 64; place++) {
    const symbol = bits.symbol(part.ac);
    const size = symbol & 15;
    if (size === 0) {
      if (symbol !== 0xf0) break;
      place += 15;
      continue;
    }
    place += symbol >> 4;
    if (place > 63) throw new PdfDamage("a picture's block is too long");
    const value = bits.signed(size);
    if (isChroma) far += (Math.abs(value) * (quantisation[place] ?? 1)) / 4;
  }
  return !isChroma || far <= chromaMax;
}
