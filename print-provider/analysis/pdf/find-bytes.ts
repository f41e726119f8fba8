import type { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";

/** A part of the document to search in; valid until the next one is asked for. */
export interface Window {
  bytes: Buffer;
  /** Where the window begins in the document. */
  base: number;
  /** In a window over a border: only hits across it count, the others are seen in its neighbours. */
  border: number | undefined;
}

/**
 * Goes through the document in windows, at the cost of the budget. Between two of them comes a small
 * one over their border, for words of up to `wordBytes` bytes.
 */
export function* windows(options: {
  source: ByteSource;
  budget: Budget;
  from: number;
  wordBytes: number;
}): Generator<Window> {
  const { source, budget, from, wordBytes } = options;
  let base = from;
  let tail = Buffer.alloc(0);
  for (const piece of source.pieces(from, source.length - from)) {
    budget.bytes(piece.length);
    const border = tail.length;
    if (border > 0) {
      const bytes = Buffer.concat([tail, piece.subarray(0, wordBytes)]);
      yield { bytes, base: base - border, border };
    }
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    yield { bytes, base, border: undefined };
    base += piece.length;
    tail = Buffer.from(bytes.subarray(-wordBytes));
  }
}

/** All places of `word` that are a window's own. */
export function* placesIn(window: Window, word: string): Generator<number> {
  const { bytes, border } = window;
  for (let at = bytes.indexOf(word, 0, "latin1"); at !== -1; ) {
    if (border === undefined || (at < border && at + word.length > border)) yield at;
    at = bytes.indexOf(word, at + 1, "latin1");
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
  for (const window of windows({ source, budget, from, wordBytes: word.length }))
    for (const at of placesIn(window, word)) return window.base + at;
  return undefined;
}
