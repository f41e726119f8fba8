import { hexDigit, isSpace } from "../pdf/lexer.ts";

/** ASCIIHexDecode (ISO 32000-2, 7.4.2). */
export function asciiHex(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 2));
  let digits = 0;
  for (const byte of bytes) {
    if (byte === 62) break;
    const digit = hexDigit(byte);
    if (digit === undefined) continue;
    const place = digits >> 1;
    out[place] = (out[place] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit);
    digits += 1;
  }
  return out.subarray(0, Math.ceil(digits / 2));
}

/** ASCII85Decode (ISO 32000-2, 7.4.3). */
export function ascii85(encoded: Uint8Array): Uint8Array {
  // Some programs write the mark of the beginning that PostScript has and PDF has not.
  const marked = encoded[0] === 60 && encoded[1] === 126;
  const bytes = marked ? encoded.subarray(2) : encoded;
  // A `z` stands for four bytes, so nothing grows by more than that.
  const out = new Uint8Array(bytes.length * 4);
  let length = 0;
  let group: number[] = [];
  const flush = (kept: number): void => {
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let place = 0; place < kept; place++)
      out[length++] = Math.floor(value / 2 ** (24 - 8 * place)) & 0xff;
    group = [];
  };
  for (const byte of bytes) {
    if (byte === 126) break;
    if (isSpace(byte)) continue;
    if (byte === 122 && group.length === 0) group = [0, 0, 0, 0, 0];
    else if (byte >= 33 && byte <= 117) group.push(byte - 33);
    else continue;
    if (group.length === 5) flush(4);
  }
  const kept = group.length - 1;
  if (kept > 0) {
    while (group.length < 5) group.push(84);
    flush(kept);
  }
  return out.subarray(0, length);
}
