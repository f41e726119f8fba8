import { parseArgs } from "node:util";
import type { Pair } from "../../card-readers/numbers/search-rules.ts";
import { type Proposal, type Solved, solve } from "../../card-readers/numbers/solver.ts";
import { RulesChecked } from "../../protocol/card-rules.ts";
import type { Context } from "../context.ts";
import { adminOf } from "../errand.ts";
import { UserError } from "../folders.ts";
import { askPairs } from "./ask-pairs.ts";
import { nextTapFor } from "./next-tap.ts";
import { readPairs } from "./read-pairs.ts";
import { tellDifference, tellEffect, tellLookedAt, tellRule } from "./tell-proposals.ts";

/** A directory of many people is gone through for it. */
const checkMs = 180_000;

/**
 * `guichet readers solve`: from pairs of what a reader says and what the directory has, the rules that
 * make the one of the other; what each would do to the people who are known; and what to write into the
 * configuration. Changes nothing.
 */
export async function solveCommand(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { terminal: { type: "string" }, whole: { type: "string" } },
  });
  const [file, ...more] = positionals;
  if (more.length > 0) throw new UserError("Name one file of pairs.");
  const { terminal, whole } = values;
  const terminals = context.settings.site.terminals.map(({ id }) => id);
  if (terminal !== undefined && !terminals.includes(terminal))
    throw new UserError(`There is no terminal "${terminal}". There are: ${terminals.join(", ")}.`);
  const told = (solved: Solved, pairs: readonly Pair[]) =>
    tell(context, { solved, pairs, terminal });
  if (file !== undefined) {
    const pairs = readPairs(file);
    return await told(solve(pairs), pairs);
  }
  const table = askPairs(whole === undefined ? undefined : await nextTapFor(context, whole));
  try {
    console.log(
      `Three cards or more, best some with zeros in them. For each: what the reader says${
        whole === undefined
          ? " (with --whole <login> you can hold it to a reader instead of typing)"
          : " (hold it to a reader, or type)"
      }, and the number that the directory has. A line with - takes the last card back; an empty line ends.`,
    );
    for (let known = -1; ; ) {
      const pairs = await table.more();
      // Nothing was added after the answer: that is enough.
      if (pairs.length === known) return 0;
      known = pairs.length;
      const solved = solve(pairs);
      const code = await told(solved, pairs);
      if (solved.kind === "solved" && solved.proposals.length === 1) return code;
      console.log("\nMore cards tell more; an empty line ends.");
    }
  } finally {
    table.close();
  }
}

async function tell(
  context: Context,
  options: {
    readonly solved: Solved;
    readonly pairs: readonly Pair[];
    readonly terminal: string | undefined;
  },
): Promise<number> {
  const { solved, pairs, terminal } = options;
  if (solved.kind === "refused") {
    console.log(solved.sentence);
    return 1;
  }
  const { proposals, odd, warnings } = solved;
  console.log("");
  if (odd !== undefined)
    console.log(
      `Pair ${odd + 1} does not fit the others (${pairs[odd]?.said} and ${pairs[odd]?.number}): a typing error? The rules below fit all the others.\n`,
    );
  for (const warning of warnings) console.log(`! ${warning}`);
  const fitting = pairs.filter((_, index) => index !== odd);
  console.log(
    proposals.length === 1
      ? "One rule fits:"
      : `${proposals.length} rules fit, the simplest first; one more card may tell them apart:`,
  );
  const checked = await effectsOf(context, proposals);
  for (const [index, proposal] of proposals.entries()) {
    console.log(`\n${index + 1}. ${tellRule(proposal, fitting)}`);
    if (proposal.differs !== undefined) console.log(tellDifference(proposal, proposals[0]));
    const effect = typeof checked === "string" ? undefined : checked.rules[index];
    if (effect !== undefined) console.log(tellEffect(effect));
  }
  console.log(
    `\n${typeof checked === "string" ? `! Whether people collide is not known: ${checked}` : tellLookedAt(checked)}`,
  );
  console.log(`\n${configurationFor(proposals[0].pipeline.text, terminal)}`);
  return 0;
}

/** What the server says of everybody who is known; a sentence where it cannot be asked. */
async function effectsOf(
  context: Context,
  proposals: readonly Proposal[],
): Promise<RulesChecked | string> {
  const rules = proposals.map(({ pipeline }) => pipeline.text);
  try {
    return await adminOf(context).post("/api/admin/card-rules/check", { rules }, RulesChecked, {
      timeoutMs: checkMs,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
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
  ].join("\n");
}
