import type { Budget } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { placesIn, windows } from "./pdf/find-bytes.ts";

/** The universal exit of PJL: a printer that meets it takes what follows as commands or another job. */
const universalExit = "\x1b%-12345X";

/**
 * Whether a document could make a printer leave the PDF and print what was not counted. Nine bytes
 * that no honest PDF has, looked for everywhere, since printers differ on where they listen.
 */
export function foreignLanguage(source: ByteSource, budget: Budget): boolean {
  const wordBytes = universalExit.length;
  for (const window of windows({ source, budget, from: 0, wordBytes }))
    for (const _ of placesIn(window, universalExit)) return true;
  return false;
}
