import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import {
  ImportEndReply,
  ImportReply,
  type ImportResult,
  type ImportRow,
} from "../protocol/admin-import.ts";
import type { AdminClient } from "./admin-client.ts";
import { UserError } from "./folders.ts";
import { rowOf } from "./people-columns.ts";
import { type Encoding, encodingOf, readPeopleCsv } from "./people-csv.ts";

export const IMPORT_USAGE =
  "guichet user import <file.csv> [--dry-run] [--leavers keep|disable] [--force] [--encoding utf-8|windows-1252]";

const ROWS_AT_ONCE = 1000;
/** The server hashes some twenty-five PINs a second, and is to answer in time. */
const PINS_AT_ONCE = 100;
const ANSWER_MS = 120_000;
/** More than that nobody reads. */
const TOLD_AT_MOST = 50;

type Counts = Record<ImportResult["result"], number>;

/**
 * `guichet user import`: takes a list of people over, as often as wanted. What differs is changed, who
 * is new is made, who is gone is told of, or disabled. Gives the exit code: 1 when a line was refused.
 */
export async function userImport(admin: AdminClient, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean" },
      leavers: { type: "string" },
      force: { type: "boolean" },
      encoding: { type: "string" },
    },
  });
  const [path] = positionals;
  const leavers = values.leavers ?? "keep";
  if (path === undefined || (leavers !== "keep" && leavers !== "disable"))
    throw new UserError(IMPORT_USAGE);
  const dryRun = values["dry-run"] === true;
  const run = randomUUID();
  const counts: Counts = { added: 0, changed: 0, unchanged: 0, refused: 0 };
  const tell = teller();

  const send = async (rows: readonly ImportRow[]) => {
    const { results } = await admin.post("/api/admin/import", { run, dryRun, rows }, ImportReply, {
      timeoutMs: ANSWER_MS,
    });
    for (const result of results) {
      counts[result.result] += 1;
      tell(result);
    }
  };
  for await (const part of parts(path, encodingNamed(values.encoding) ?? encodingOf(path))) {
    for (const { line, sentence } of part.wrong) {
      counts.refused += 1;
      tell({ line, login: "", result: "refused", sentence });
    }
    if (part.rows.length > 0) await send(part.rows);
  }
  const force = values.force === true;
  const ended = await admin.post(
    "/api/admin/import/end",
    { run, dryRun, leavers, force },
    ImportEndReply,
    { timeoutMs: ANSWER_MS },
  );
  console.log(summary({ counts, ended, dryRun, leavers }));
  return counts.refused > 0 || ended.sentence !== undefined ? 1 : 0;
}

type Part = { rows: ImportRow[]; wrong: { line: number; sentence: string }[] };

async function* parts(path: string, encoding: Encoding): AsyncGenerator<Part> {
  let part: Part = { rows: [], wrong: [] };
  let pins = 0;
  for await (const line of readPeopleCsv(path, encoding)) {
    const row = rowOf(line);
    if (typeof row === "string") part.wrong.push({ line: line.line, sentence: `${row}.` });
    else {
      part.rows.push(row);
      if (row.pin !== undefined) pins += 1;
    }
    if (part.rows.length + part.wrong.length < ROWS_AT_ONCE && pins < PINS_AT_ONCE) continue;
    yield part;
    part = { rows: [], wrong: [] };
    pins = 0;
  }
  yield part;
}

/** Tells what changes line by line, until it is too much to read. Refusals are always told. */
function teller(): (result: ImportResult) => void {
  let told = 0;
  return ({ line, login, result, what = [], sentence = "" }) => {
    if (result === "refused") {
      console.error(`line ${line}: ${sentence}`);
      return;
    }
    if (result === "unchanged") return;
    told += 1;
    if (told <= TOLD_AT_MOST)
      console.log(
        `line ${line}: ${login} ${result}${what.length > 0 ? `: ${what.join(", ")}` : ""}`,
      );
    if (told === TOLD_AT_MOST) console.log("… and so on");
  };
}

function summary(done: {
  counts: Counts;
  ended: ImportEndReply;
  dryRun: boolean;
  leavers: "keep" | "disable";
}): string {
  const { counts, ended, dryRun, leavers } = done;
  const { added, changed, unchanged, refused } = counts;
  const who = ended.logins.slice(0, 20).join(", ");
  const gone =
    ended.leavers === 0
      ? "Nobody who came by an earlier import is missing."
      : `${ended.leavers} who came by an earlier import are not in it: ${who}${ended.leavers > 20 ? ", …" : ""}.`;
  const disabled =
    leavers === "keep" && ended.leavers > 0
      ? "They stay as they are (--leavers disable)."
      : ended.disabled > 0
        ? `${ended.disabled} of them are disabled now.`
        : "";
  return [
    dryRun ? "Nothing was changed; this is what would happen." : "Done.",
    `${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} refused.`,
    [gone, disabled, ended.sentence ?? ""].filter((part) => part !== "").join(" "),
  ].join("\n");
}

function encodingNamed(name: string | undefined): Encoding | undefined {
  if (name === undefined || name === "utf-8" || name === "windows-1252") return name;
  throw new UserError(`"${name}" is no encoding that lists come in: utf-8 or windows-1252.`);
}
