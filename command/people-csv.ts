import { createReadStream, openSync, readSync, statSync } from "node:fs";
import { Transform } from "node:stream";
import Papa from "papaparse";
import { UserError } from "./folders.ts";
import { type Column, columnsOf } from "./people-columns.ts";

/** A line of the list with its columns by what they are. */
export type CsvLine = { line: number; cells: ReadonlyMap<Column, string> };
export type Encoding = "utf-8" | "windows-1252";

/** Longer than any person's line; a quote that is never closed would swallow the rest of the file. */
const LINE_CHARACTERS_AT_MOST = 100_000;

/**
 * Reads a list of people from a CSV file (RFC 4180, also with semicolons or tabs), a line at a time, so
 * that a list of any length fits. The first line names the columns. Throws UserError with the line for
 * what cannot be read.
 */
export async function* readPeopleCsv(path: string, encoding: Encoding): AsyncGenerator<CsvLine> {
  const rows = createReadStream(path)
    .pipe(decoded(encoding))
    .pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { header: false, delimiter: delimiterOf(path) }));
  let columns: readonly (Column | undefined)[] | undefined;
  let line = 1;
  for await (const value of rows) {
    const row = (value as unknown[]).map(String);
    const here = line;
    // A line break within quotes belongs to its cell.
    line += 1 + row.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    if (row.some((cell) => cell.length > LINE_CHARACTERS_AT_MOST))
      throw new UserError(`Line ${here}: a quote (") is opened and never closed.`);
    if (row.every((cell) => cell.trim() === "")) continue;
    if (columns === undefined) {
      columns = columnsOf(row, here);
      continue;
    }
    const cells = new Map<Column, string>();
    columns.forEach((column, index) => {
      const cell = row[index]?.trim() ?? "";
      if (column !== undefined && cell !== "") cells.set(column, cell);
    });
    yield { line: here, cells };
  }
  if (columns === undefined) throw new UserError(`${path} has no line that names the columns.`);
}

/**
 * How a file is encoded: UTF-8, with or without its mark, where all of it is valid UTF-8, else
 * Windows-1252, which is what older spreadsheets write. Throws UserError where there is no such file.
 */
export function encodingOf(path: string): Encoding {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UserError(`There is no file ${path}.`);
  const file = openSync(path, "r");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const piece = Buffer.alloc(1 << 20);
  try {
    for (;;) {
      const length = readSync(file, piece);
      decoder.decode(piece.subarray(0, length), { stream: length > 0 });
      if (length === 0) return "utf-8";
    }
  } catch {
    return "windows-1252";
  }
}

function delimiterOf(path: string): string {
  const file = openSync(path, "r");
  const piece = Buffer.alloc(4096);
  return delimiterIn(piece.toString("latin1", 0, readSync(file, piece)));
}

/** The sign between columns that the first line has most of. */
export function delimiterIn(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const count = (sign: string) => first.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function decoded(encoding: Encoding): Transform {
  // The decoder takes the mark at the beginning of UTF-8 away.
  const decoder = new TextDecoder(encoding);
  return new Transform({
    readableObjectMode: false,
    encoding: "utf8",
    transform: (bytes: Buffer, _encoding, done) =>
      done(null, decoder.decode(bytes, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
}
