import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";

const windowBytes = 1024 * 1024;

/** A window of the document, of which only hits that begin before `end` are this window's own. */
export interface Window {
  bytes: Buffer;
  /** Where the window begins in the document. */
  base: number;
  end: number;
}

/** Goes through the document in windows that overlap by `overlap` bytes, at the cost of the budget. */
export function* windows(options: {
  source: ByteSource;
  budget: Budget;
  from: number;
  overlap: number;
}): Generator<Window> {
  const { source, budget, from, overlap } = options;
  for (let base = from; base < source.length; base += windowBytes) {
    const bytes = source.read(base, windowBytes + overlap);
    budget.bytes(bytes.length);
    yield {
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      base,
      end: Math.min(windowBytes, bytes.length),
    };
  }
}

/** All places of `word` in a window. */
export function* placesIn(window: Window, word: string): Generator<number> {
  let at = window.bytes.indexOf(word, 0, "latin1");
  while (at !== -1 && at < window.end) {
    yield at;
    at = window.bytes.indexOf(word, at + 1, "latin1");
  }
}

/** Where `word` comes next in the document, or undefined. */
export function findWord(options: {
  source: ByteSource;
  budget: Budget;
  from: number;
  word: string;
}): number | undefined {
  const { source, budget, from, word } = options;
  for (const window of windows({ source, budget, from, overlap: word.length }))
    for (const at of placesIn(window, word)) return window.base + at;
  return undefined;
}
