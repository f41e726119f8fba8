import { readFileSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import Papa from "papaparse";
import { type PassedStep, runPipeline } from "../../card-readers/numbers/pipeline.ts";
import type { Pair } from "../../card-readers/numbers/search-rules.ts";
import { type Proposal, solve } from "../../card-readers/numbers/solver.ts";
import { RulesChecked } from "../../protocol/card-rules.ts";
import type { Context } from "../context.ts";
import { adminOf } from "../errand.ts";
import { UserError } from "../folders.ts";
import { delimiterIn } from "../people-csv.ts";

/**
 * `guichet readers solve`: from pairs of what a reader says and what the directory has, the rules that
 * make the one of the other; what each would do to the people who are known; and what to write into the
 * configuration. Changes nothing.
 */
export async function solveCommand(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { terminal: { type: "string" } },
  });
  const [file] = positionals;
  const pairs = file === undefined ? await askPairs() : readPairs(file);
  const solved = solve(pairs);
  if (solved.kind === "refused") {
    console.log(solved.sentence);
    return 1;
  }
  const { proposals, odd, warnings } = solved;
  if (odd !== undefined)
    console.log(
      `Pair ${odd + 1} does not fit the others (${pairs[odd]?.said} and ${pairs[odd]?.number}): a typing error? The rules below fit all the others.\n`,
    );
  for (const warning of warnings) console.log(`! ${warning}`);
  const fitting = pairs.filter((_, index) => index !== odd);
  console.log(
    proposals.length === 1
      ? "One rule fits:"
      : `${proposals.length} rules fit, the simplest first; one more pair may tell them apart:`,
  );
  for (const [index, proposal] of proposals.entries()) {
    console.log(`\n${index + 1}. ${tellRule(proposal, fitting)}`);
    if (proposal.differs !== undefined) console.log(tellDifference(proposal, proposals[0]));
    console.log(await effectOf(context, proposal.pipeline.text));
  }
  console.log(`\n${configurationFor(proposals[0].pipeline.text, values.terminal)}`);
  return 0;
}

function tellRule({ pipeline }: Proposal, pairs: readonly Pair[]): string {
  const [example] = pairs;
  const { trail } = runPipeline(pipeline, example?.said ?? "");
  const step = ({ step: name, says, text }: PassedStep) => `   ${name}: ${says} → ${text ?? "?"}`;
  return [
    pipeline.text === "" ? "nothing is to be done: readers say the number itself" : pipeline.text,
    ...(trail.length === 0 ? [] : [`   ${example?.said}`]),
    ...trail.map(step),
  ].join("\n");
}

function tellDifference({ differs }: Proposal, { pipeline }: Proposal): string {
  const { result } = runPipeline(pipeline, differs?.said ?? "");
  const first = result.kind === "number" ? result.number : "no card";
  return `   It differs from rule 1 for a card such as ${differs?.said}: ${differs?.number ?? "no card"}, and not ${first}.`;
}

/** What the server says of everybody who is known; a sentence where it cannot be asked. */
async function effectOf(context: Context, cardNumbers: string): Promise<string> {
  try {
    const told = await adminOf(context).post(
      "/api/admin/card-rules/check",
      { cardNumbers },
      RulesChecked,
    );
    if (told.kind === "refused") return `   The server does not take it: ${told.sentence}`;
    const { badges, same, changed, noCard, collisions, shown } = told;
    const groups = shown.map(
      (group) =>
        `     ${group.map(({ login, end }) => `${login} (${end})`).join(" and ")} would have the same number`,
    );
    return [
      `   Badges that are known: ${badges}. Were they linked as a reader says them: ${same} stay, ${changed} would get a number that nobody has, ${noCard} are no card for this rule.`,
      collisions === 0
        ? "   No two people would have the same number."
        : `   ! ${collisions} times several people would have the same number. Do not use it before that is settled:`,
      ...groups,
      ...(collisions > shown.length ? [`     … and ${collisions - shown.length} more`] : []),
    ].join("\n");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `   Whether people collide is not known: ${error.message}`;
  }
}

function configurationFor(rule: string, terminal: string | undefined): string {
  const where = terminal === undefined ? "site:" : `terminals:\n  ${terminal}:`;
  const indent = terminal === undefined ? "  " : "    ";
  return [
    "For the first one, write into the configuration, and start Guichet again:",
    "",
    where,
    `${indent}cardNumbers: ${JSON.stringify(rule)}`,
    "",
    "Numbers of the directory (LDAP) are asked for one by one, and were not looked through.",
  ].join("\n");
}

/** CSV, a line a pair: what the reader says, and the number; a stripe's `;` stands in quotes. */
function readPairs(path: string): Pair[] {
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
        `${path}, line ${line}: write what the reader says, a comma, and the number.`,
      );
    return { said, number };
  });
  // A first line of words names the columns.
  const isHeader = !/\d/.test(`${pairs[0]?.said}${pairs[0]?.number}`);
  return isHeader ? pairs.slice(1) : pairs;
}

async function askPairs(): Promise<Pair[]> {
  if (!process.stdin.isTTY)
    throw new UserError("Name a file of pairs: guichet readers solve <pairs.csv>");
  console.log(
    "Three cards or more: what the reader says of each (guichet readers --whole shows it), and the number that the directory has. An empty line ends.",
  );
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const pairs: Pair[] = [];
  try {
    for (;;) {
      const said = (await lines.question(`${pairs.length + 1}. reader says: `)).trim();
      if (said === "") return pairs;
      const number = (await lines.question("   number is:   ")).trim();
      if (number !== "") pairs.push({ said, number });
    }
  } finally {
    lines.close();
  }
}
