import type { Budget } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { placesIn, windows } from "./pdf/find-bytes.ts";

/** The universal exit of PJL: a printer that meets it takes what follows as commands or another job. */
const universalExit = "\x1b%-12345X";

/**
 * Whether a document could make a printer leave it and print what was not counted. Nine bytes
 * that no honest document has, looked for everywhere, since printers differ on where they listen.
 */
export function foreignLanguage(source: ByteSource, budget: Budget): boolean {
  return holdsAny({ source, budget, from: 0, words: [universalExit] });
}

/** Whether any of the words (one character a byte) stands somewhere from `from` on. */
export function holdsAny(options: {
  source: ByteSource;
  budget: Budget;
  from: number;
  words: readonly string[];
}): boolean {
  const { words, ...where } = options;
  const wordBytes = Math.max(...words.map((word) => word.length));
  for (const window of windows({ ...where, wordBytes }))
    for (const word of words) for (const _ of placesIn(window, word)) return true;
  return false;
}
