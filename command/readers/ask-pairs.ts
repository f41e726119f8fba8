import process from "node:process";
import { createInterface } from "node:readline/promises";
import type { Pair } from "../../card-readers/numbers/search-rules.ts";
import { leastPairs, wrongPair } from "../../card-readers/numbers/solver.ts";
import { UserError } from "../folders.ts";

/** What a reader says of the next card that is held to one; rejects when the signal ends the waiting. */
export type NextTap = (signal: AbortSignal) => Promise<string>;

/** Asks a person for pairs, one at a time. */
export interface PairTable {
  /** Asks until an empty line ends it. Gives all pairs so far, never fewer than a rule needs. */
  more(): Promise<readonly Pair[]>;
  close(): void;
}

/**
 * Pairs from whoever sits at the terminal, each looked at as it is typed. With `nextTap` a card can be
 * held to a reader instead of typing what that says. Throws `UserError` where nobody can be asked, and
 * when that person gives up.
 */
export function askPairs(nextTap: NextTap | undefined): PairTable {
  if (!process.stdin.isTTY)
    throw new UserError("Name a file of pairs: guichet readers solve <pairs.csv>");
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const givenUp = new Promise<never>((_, reject) =>
    lines.once("close", () => reject(new UserError("\nGiven up. Nothing was changed."))),
  );
  // It is closed at the end, too, when nobody waits.
  givenUp.catch(() => undefined);
  const pairs: Pair[] = [];

  async function typedOrTapped(prompt: string): Promise<string> {
    const stop = new AbortController();
    const typed = lines.question(prompt, { signal: stop.signal });
    const tapped = nextTap?.(stop.signal).then((said) => {
      process.stdout.write(said);
      return said;
    });
    for (const one of [typed, tapped]) one?.catch(() => undefined);
    try {
      return (await Promise.race([typed, givenUp, ...(tapped ? [tapped] : [])])).trim();
    } finally {
      stop.abort();
    }
  }

  async function askNumber(said: string): Promise<void> {
    const number = (await Promise.race([lines.question("   number is:   "), givenUp])).trim();
    if (number === "") return console.log("   Left out.");
    const wrong = wrongPair({ said, number }, pairs);
    if (wrong === undefined) pairs.push({ said, number });
    else console.log(`   Not taken: ${wrong}.`);
  }

  return {
    async more() {
      for (;;) {
        const said = await typedOrTapped(`${pairs.length + 1}. reader says: `);
        const missing = leastPairs - pairs.length;
        if (said === "" && missing <= 0) return pairs;
        if (said === "") console.log(`   ${missing} more, please: fewer cards fit too many rules.`);
        else if (said === "-") console.log(`   Taken back: ${pairs.pop()?.said ?? "nothing"}`);
        else await askNumber(said);
      }
    },
    close: () => lines.close(),
  };
}
