/** How many components a JPEG picture has, by its frame header (ITU-T T.81, B.2.2); else undefined. */
export function jpegComponents(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes[at + 9];
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  return undefined;
}

/**
 * Whether a JPEG 2000 picture is certainly grey: one component, or grey with opacity, and no palette
 * (ISO/IEC 15444-1, annex I for the boxes, A.5.1 for the code stream).
 */
export function jpeg2000IsGrey(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length > 42 && buffer.readUInt32BE(0) === 0xff4fff51)
    return buffer.readUInt16BE(40) === 1;
  const boxes = boxesOf(buffer, 0, buffer.length);
  const header = boxes.find((box) => box.type === "jp2h");
  if (header === undefined) return false;
  const inner = boxesOf(buffer, header.start, header.end);
  if (inner.some((box) => box.type === "pclr")) return false;
  const image = inner.find((box) => box.type === "ihdr");
  if (image === undefined || image.end - image.start < 10) return false;
  if (buffer.readUInt16BE(image.start + 8) === 1) return true;
  const colours = inner.filter((box) => box.type === "colr" && box.end - box.start >= 7);
  const greyscale = 17;
  return (
    colours.length > 0 &&
    colours.every(
      ({ start }) => buffer[start] === 1 && buffer.readUInt32BE(start + 3) === greyscale,
    )
  );
}

interface Box {
  type: string;
  start: number;
  end: number;
}

function boxesOf(buffer: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < 100; ) {
    const length = buffer.readUInt32BE(at);
    const end = length === 0 ? to : at + length;
    if (length === 1 || end > to || end < at + 8) break;
    boxes.push({ type: buffer.toString("latin1", at + 4, at + 8), start: at + 8, end });
    at = end;
  }
  return boxes;
}
