import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Pair } from "../../card-readers/numbers/search-rules.ts";
import { UserError } from "../folders.ts";
import { delimiterIn } from "../people-csv.ts";

/** CSV, a line a pair: what the reader says, and the number; a stripe's `;` stands in quotes. */
export function readPairs(path: string): Pair[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${(error as Error).message}.`);
  }
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), {
    delimiter: delimiterIn(text),
  });
  const rows = data.map((row, index) => ({ row: row.map((one) => one.trim()), line: index + 1 }));
  const filled = rows.filter(({ row }) => row.some((one) => one !== ""));
  const pairs = filled.map(({ row, line }) => {
    const [said = "", number = ""] = row;
    if (said === "" || number === "")
      throw new UserError(
        `${path}, line ${line}: write what the reader says, a semicolon or comma, and the number, such as 04D7A79A973780;2594690820`,
      );
    return { said, number };
  });
  // A first line of words names the columns.
  const isHeader = !/\d/.test(`${pairs[0]?.said}${pairs[0]?.number}`);
  return isHeader ? pairs.slice(1) : pairs;
}
