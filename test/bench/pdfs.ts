import type { PostedDocument } from "./ipp-poster.ts";

const magic = "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n";

/** A document of `pages` pages of text, grey where nothing is said. */
export function makePdf(options: {
  pages: number;
  /** Bytes of text on each page, at least. */
  textBytes?: number;
  /** Every n-th page is in colour, and the one after it is grey but says so in RGB. */
  colourEvery?: number;
}): Buffer {
  const { pages, textBytes = 0, colourEvery } = options;
  const pieces: string[] = [];
  const offsets: number[] = [];
  let length = 0;
  const put = (piece: string) => {
    pieces.push(piece);
    length += Buffer.byteLength(piece, "latin1");
  };
  const object = (number: number, body: string) => {
    offsets[number] = length;
    put(`${number} 0 obj\n${body}\nendobj\n`);
  };
  put(magic);
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  const kids = Array.from({ length: pages }, (_, page) => `${4 + 2 * page} 0 R`).join(" ");
  object(2, `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`);
  object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (let page = 0; page < pages; page += 1) {
    const content = contentOf({ page, textBytes, colourEvery });
    object(
      4 + 2 * page,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * page} 0 R >>`,
    );
    object(5 + 2 * page, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  const start = length;
  const count = 4 + 2 * pages;
  put(`xref\n0 ${count}\n0000000000 65535 f \n`);
  for (let number = 1; number < count; number += 1) put(entryOf(offsets[number] ?? 0));
  put(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.from(pieces.join(""), "latin1");
}

function contentOf(options: {
  page: number;
  textBytes: number;
  colourEvery: number | undefined;
}): string {
  const { page, textBytes, colourEvery } = options;
  const turn = colourEvery === undefined ? undefined : page % colourEvery;
  const ink = turn === 0 ? "0.8 0.1 0.1 rg\n" : turn === 1 ? "0.5 0.5 0.5 rg\n" : "";
  let lines = "";
  for (let line = 0; line === 0 || lines.length < textBytes; line += 1)
    lines += `BT /F1 12 Tf 72 ${770 - 14 * (line % 50)} Td (Page ${page + 1}, line ${line + 1}: nothing of note happened.) Tj ET\n`;
  return `${ink}${lines}`;
}

const entryOf = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n \n`;

/**
 * A valid one-page PDF of about `bytes` bytes, made while it is sent: a page and one huge picture, as
 * a scan is, here uncompressed and grey, its samples a megabyte of noise again and again.
 */
export function hugePdf(bytes: number): PostedDocument {
  const width = 8192;
  const samples = width * Math.ceil(bytes / width);
  const noise = noiseOf(1 << 20);
  const content = "q 595 0 0 842 0 0 cm /Im Do Q";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im 5 0 R >> >> /Contents 4 0 R >>\nendobj\n",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\n`,
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${samples / width} /BitsPerComponent 8 /ColorSpace /DeviceGray /Length ${samples} >>\nstream\n`,
  ];
  let head = magic;
  const offsets = objects.map((body, index) => {
    const offset = head.length;
    head += `${index + 1} 0 obj\n${body}`;
    return offset;
  });
  const afterSamples = "\nendstream\nendobj\n";
  const start = head.length + samples + afterSamples.length;
  const table = offsets.map(entryOf).join("");
  const tail = `${afterSamples}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return {
    length: head.length + samples + tail.length,
    *chunks() {
      yield Buffer.from(head, "latin1");
      for (let left = samples; left > 0; left -= noise.length)
        yield left >= noise.length ? noise : noise.subarray(0, left);
      yield Buffer.from(tail, "latin1");
    },
  };
}

/** Bytes that do not compress, the same in every run. */
function noiseOf(length: number): Buffer {
  const noise = Buffer.alloc(length);
  let state = 0x2545f491;
  for (let at = 0; at < length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    noise.writeInt32LE(state | 0, at);
  }
  return noise;
}
