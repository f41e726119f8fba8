import { PdfDamage } from "../pdf/pdf-object.ts";
import type { HuffmanTable } from "./jpeg-segments.ts";

/** The bits of a JPEG scan: stuffed zero bytes left out, stopping at a marker (ITU-T T.81, F.2.2.5). */
export interface JpegBits {
  bit(): number;
  /** The value of the next code. Throws PdfDamage for one that does not exist. */
  symbol(table: HuffmanTable): number;
  /** A number of so many bits, extended by its sign (F.2.2.1). */
  signed(length: number): number;
  /** Goes on behind the next restart marker, if there is one here. */
  restart(): void;
  /** Where the scan's data end. */
  end(): number;
}

export function bitsFrom(bytes: Uint8Array, start: number): JpegBits {
  let at = start;
  let held = 0;
  let left = 0;

  const bit = (): number => {
    if (left === 0) {
      held = bytes[at] ?? -1;
      if (held === -1) throw new PdfDamage("a picture is cut");
      if (held === 0xff) {
        if (bytes[at + 1] !== 0) throw new PdfDamage("a picture's data end too soon");
        at += 1;
      }
      at += 1;
      left = 8;
    }
    left -= 1;
    return (held >> left) & 1;
  };
  const bits = (length: number): number => {
    let value = 0;
    for (let place = 0; place < length; place++) value = (value << 1) | bit();
    return value;
  };

  return {
    bit,
    symbol: ({ largest, offset, values }) => {
      let code = 0;
      for (let length = 1; length <= 16; length++) {
        code = (code << 1) | bit();
        const most = largest[length] ?? -1;
        if (most >= 0 && code <= most) return values[code + (offset[length] ?? 0)] ?? 0;
      }
      throw new PdfDamage("a picture has a code that does not exist");
    },
    signed: (length) => {
      if (length === 0) return 0;
      const value = bits(length);
      return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
    },
    restart: () => {
      left = 0;
      const marker = bytes[at + 1] ?? 0;
      if (bytes[at] !== 0xff || marker < 0xd0 || marker > 0xd7)
        throw new PdfDamage("a picture's restart is missing");
      at += 2;
    },
    end: () => at,
  };
}
