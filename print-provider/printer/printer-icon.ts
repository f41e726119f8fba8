import { crc32, deflateSync } from "node:zlib";
import { iconSizes } from "./printer-uris.ts";

const green = 0x0b5d4bff;
const white = 0xffffffff;
const nothing = 0;

/**
 * The picture that clients show for a queue: a sheet that comes out of a window. A PNG file
 * (ISO/IEC 15948) with a clear background; undefined for a size that is not offered.
 */
export function printerIcon(size: number): Buffer | undefined {
  if (!iconSizes.some((known) => known === size)) return undefined;
  // A row begins with its filter, of which there is none; a pixel is red, green, blue and opacity.
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      rows.writeUInt32BE(
        colourAt((x + 0.5) / size, (y + 0.5) / size),
        y * (1 + size * 4) + 1 + x * 4,
      );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // Eight bits of red, green, blue and opacity.
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Places are parts of the whole, from 0 to 1. */
function colourAt(x: number, y: number): number {
  const within = (left: number, top: number, right: number, bottom: number) =>
    x >= left && x < right && y >= top && y < bottom;
  if (within(0.28, 0.46, 0.72, 0.88)) {
    const line = within(0.36, 0.6, 0.64, 0.64) || within(0.36, 0.7, 0.64, 0.74);
    const edge = !within(0.32, 0.46, 0.68, 0.84);
    return line || edge ? green : white;
  }
  if (within(0.16, 0.4, 0.84, 0.46)) return white;
  return within(0.08, 0.16, 0.92, 0.68) ? green : nothing;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}
