import process from "node:process";
import { createInterface } from "node:readline/promises";
import { UserError } from "./folders.ts";

/**
 * Asks the person at the terminal; `yes` answers for them. Throws `UserError` where nobody can be
 * asked, and false is a no.
 */
export async function askPerson(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UserError(`${question} Say so with --yes.`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
