import { deflateSync } from "node:zlib";

/** One object of a PDF: its text, and the bytes of its stream if it is one. */
export interface PdfBody {
  /** What stands between `obj` and `endobj`; for a stream its dictionary's inside, without /Length. */
  text: string;
  stream?: Uint8Array;
  /** Deflate the stream, and say so. */
  deflate?: boolean;
}

export interface WritePdfOptions {
  /** Object number 1 is the first, 2 the second, … Object 1 is the catalog. */
  objects: readonly PdfBody[];
  /** How the objects are found: a table, or a cross-reference stream. */
  xref?: "table" | "stream";
  /** Pack what is no stream into object streams of so many objects (with a cross-reference stream). */
  objectStreamOf?: number;
  /** More entries for the trailer. */
  trailer?: string;
}

/** Writes a PDF of these objects, as its standard says and nothing else. For tests. */
export function writePdf(options: WritePdfOptions): Buffer {
  const { objects, xref = "table", objectStreamOf = 0, trailer = "" } = options;
  const out = growing();
  out.put("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
  const places = new Map<number, Place>();
  const packed: { number: number; text: string }[] = [];
  for (const [index, body] of objects.entries()) {
    const number = index + 1;
    if (objectStreamOf > 0 && body.stream === undefined) packed.push({ number, text: body.text });
    else {
      places.set(number, { kind: "at", offset: out.length() });
      out.put(indirect(number, body));
    }
  }
  let next = objects.length + 1;
  for (let from = 0; from < packed.length; from += objectStreamOf) {
    const members = packed.slice(from, from + objectStreamOf);
    for (const [index, { number }] of members.entries())
      places.set(number, { kind: "packed", stream: next, index });
    places.set(next, { kind: "at", offset: out.length() });
    out.put(indirect(next, objectStream(members)));
    next += 1;
  }
  const start = out.length();
  const common = `/Root 1 0 R ${trailer}`;
  if (xref === "stream" || objectStreamOf > 0) {
    places.set(next, { kind: "at", offset: start });
    out.put(indirect(next, xrefStream({ places, size: next + 1, common })));
  } else out.put(xrefTable({ places, size: next, common }));
  out.put(`startxref\n${start}\n%%EOF\n`);
  return out.bytes();
}

/** Adds an incremental update: new or changed objects, found before the old ones. */
export function updatePdf(
  pdf: Buffer,
  changes: ReadonlyMap<number, PdfBody>,
  trailer = "",
): Buffer {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString("latin1", -64));
  const out = growing();
  out.put(pdf);
  const entries: string[] = [];
  for (const [number, body] of changes) {
    entries.push(`${number} 1\n${entry(out.length())}`);
    out.put(indirect(number, body));
  }
  const start = out.length();
  out.put(`xref\n${entries.join("")}`);
  out.put(`trailer\n<< /Size 100000 /Root 1 0 R /Prev ${previous?.[1]} ${trailer} >>\n`);
  out.put(`startxref\n${start}\n%%EOF\n`);
  return out.bytes();
}

type Place = { kind: "at"; offset: number } | { kind: "packed"; stream: number; index: number };

function indirect(number: number, body: PdfBody): Buffer {
  const { text, stream, deflate = false } = body;
  if (stream === undefined) return Buffer.from(`${number} 0 obj\n${text}\nendobj\n`, "latin1");
  const bytes = deflate ? deflateSync(stream) : stream;
  const filter = deflate ? "/Filter /FlateDecode " : "";
  return Buffer.concat([
    Buffer.from(
      `${number} 0 obj\n<< ${text} ${filter}/Length ${bytes.length} >>\nstream\n`,
      "latin1",
    ),
    bytes,
    Buffer.from("\nendstream\nendobj\n"),
  ]);
}

function objectStream(members: readonly { number: number; text: string }[]): PdfBody {
  let offset = 0;
  const head: string[] = [];
  for (const { number, text } of members) {
    head.push(`${number} ${offset}`);
    offset += text.length + 1;
  }
  const first = `${head.join(" ")}\n`;
  const body = members.map(({ text }) => `${text}\n`).join("");
  return {
    text: `/Type /ObjStm /N ${members.length} /First ${first.length}`,
    stream: Buffer.from(first + body, "latin1"),
    deflate: true,
  };
}

function xrefTable(options: {
  places: ReadonlyMap<number, Place>;
  size: number;
  common: string;
}): string {
  const { places, size, common } = options;
  const lines = ["0000000000 65535 f \n"];
  for (let number = 1; number < size; number++) {
    const place = places.get(number);
    lines.push(place?.kind === "at" ? entry(place.offset) : "0000000000 65535 f \n");
  }
  return `xref\n0 ${size}\n${lines.join("")}trailer\n<< /Size ${size} ${common} >>\n`;
}

function entry(offset: number): string {
  return `${offset.toString().padStart(10, "0")} 00000 n \n`;
}

function xrefStream(options: {
  places: ReadonlyMap<number, Place>;
  size: number;
  common: string;
}): PdfBody {
  const { places, size, common } = options;
  const rows = Buffer.alloc(size * 9);
  for (const [number, place] of places) {
    const at = number * 9;
    rows.writeUInt8(place.kind === "at" ? 1 : 2, at);
    rows.writeUIntBE(place.kind === "at" ? place.offset : place.stream, at + 1, 6);
    rows.writeUInt16BE(place.kind === "at" ? 0 : place.index, at + 7);
  }
  return { text: `/Type /XRef /W [1 6 2] /Size ${size} ${common}`, stream: rows, deflate: true };
}

function growing() {
  const parts: Buffer[] = [];
  let length = 0;
  return {
    put: (part: Buffer | string): void => {
      const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : part;
      parts.push(bytes);
      length += bytes.length;
    },
    length: (): number => length,
    bytes: (): Buffer => Buffer.concat(parts),
  };
}
