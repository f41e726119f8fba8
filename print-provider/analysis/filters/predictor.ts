import { PdfDamage } from "../pdf/pdf-object.ts";

export interface PredictorParameters {
  predictor: number;
  colors: number;
  bitsPerComponent: number;
  columns: number;
}

/** Takes the next bytes of filtered data and gives the plain bytes that are complete by them. */
export type Unpredict = (chunk: Uint8Array) => Uint8Array;

const rowBytesMax = 16 * 1024 * 1024;

/**
 * Undoes the predictors of Flate and LZW (ISO 32000-2, 7.4.4.4; PNG, clause 9) as bytes come in.
 * Throws PdfDamage for parameters that no row can have.
 */
export function startUnpredict(parameters: PredictorParameters): Unpredict {
  const { predictor, colors, bitsPerComponent, columns } = parameters;
  if (predictor <= 1) return (chunk) => chunk;
  const rowBytes = Math.ceil((colors * bitsPerComponent * columns) / 8);
  if (!(rowBytes >= 1 && rowBytes <= rowBytesMax)) throw new PdfDamage("a row is too long");
  const pixelBytes = Math.max(1, (colors * bitsPerComponent) >> 3);
  if (predictor === 2) return tiff({ rowBytes, pixelBytes, bitsPerComponent, colors });
  return png({ rowBytes, pixelBytes });
}

/** Cuts incoming bytes into rows of a fixed size; the rest waits for the next chunk. */
function byRows(rowBytes: number, row: (bytes: Uint8Array) => Uint8Array): Unpredict {
  let rest = new Uint8Array(0);
  return (chunk) => {
    let bytes = chunk;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    const rows = Math.floor(bytes.length / rowBytes);
    const plain: Uint8Array[] = [];
    for (let index = 0; index < rows; index++)
      plain.push(row(bytes.subarray(index * rowBytes, (index + 1) * rowBytes)));
    rest = Uint8Array.from(bytes.subarray(rows * rowBytes));
    return plain.length === 1 && plain[0] !== undefined ? plain[0] : Buffer.concat(plain);
  };
}

function tiff(options: {
  rowBytes: number;
  pixelBytes: number;
  bitsPerComponent: number;
  colors: number;
}): Unpredict {
  const { rowBytes, pixelBytes, bitsPerComponent } = options;
  if (bitsPerComponent !== 8 && bitsPerComponent !== 16)
    throw new PdfDamage("a TIFF predictor of less than 8 bits is not read");
  return byRows(rowBytes, (bytes) => {
    const plain = Uint8Array.from(bytes);
    if (bitsPerComponent === 8)
      for (let at = pixelBytes; at < rowBytes; at++)
        plain[at] = (plain[at] ?? 0) + (plain[at - pixelBytes] ?? 0);
    else {
      const view = new DataView(plain.buffer);
      for (let at = pixelBytes; at + 1 < rowBytes; at += 2)
        view.setUint16(at, view.getUint16(at) + view.getUint16(at - pixelBytes));
    }
    return plain;
  });
}

function png(options: { rowBytes: number; pixelBytes: number }): Unpredict {
  const { rowBytes, pixelBytes } = options;
  let above = new Uint8Array(rowBytes);
  return byRows(rowBytes + 1, (bytes) => {
    const row = Uint8Array.from(bytes.subarray(1));
    undo({ method: bytes[0] ?? 0, row, above, pixelBytes });
    above = row;
    return row;
  });
}

function undo(options: {
  method: number;
  row: Uint8Array;
  above: Uint8Array;
  pixelBytes: number;
}): void {
  const { method, row, above, pixelBytes } = options;
  switch (method) {
    case 1:
      for (let at = pixelBytes; at < row.length; at++)
        row[at] = (row[at] ?? 0) + (row[at - pixelBytes] ?? 0);
      return;
    case 2:
      for (let at = 0; at < row.length; at++) row[at] = (row[at] ?? 0) + (above[at] ?? 0);
      return;
    case 3:
      for (let at = 0; at < row.length; at++)
        row[at] = (row[at] ?? 0) + (((row[at - pixelBytes] ?? 0) + (above[at] ?? 0)) >> 1);
      return;
    case 4:
      for (let at = 0; at < row.length; at++)
        row[at] =
          (row[at] ?? 0) +
          paeth(row[at - pixelBytes] ?? 0, above[at] ?? 0, above[at - pixelBytes] ?? 0);
      return;
    default:
      return; // 0 is plain; readers take others as plain too
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const byLeft = Math.abs(guess - left);
  const byUp = Math.abs(guess - up);
  const byCorner = Math.abs(guess - corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
