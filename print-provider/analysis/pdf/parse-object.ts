import type { Budget } from "../budget.ts";
import { type Cursor, moveTo, peek, placeOf } from "./cursor.ts";
import { nextToken, type Token } from "./lexer.ts";
import { integerOf, nameOf, PdfDamage, type PdfDict, type PdfObject } from "./pdf-object.ts";

const depthMax = 100;

/**
 * Parses one object where the cursor is, references included. Throws PdfDamage when there is none.
 * An integer is looked at twice, since only what follows says whether it begins a reference.
 */
export function parseObject(cursor: Cursor, budget: Budget): PdfObject {
  const token = nextToken(cursor);
  const value = parseValue({ cursor, budget, token, depth: 0 });
  const number = integerOf(value);
  if (number === undefined || number < 0) return value;
  const after = placeOf(cursor);
  const generation = nextToken(cursor);
  const letter = generation.kind === "number" ? nextToken(cursor) : undefined;
  if (generation.kind === "number" && letter?.kind === "keyword" && letter.word === "R")
    return { kind: "ref", number, generation: generation.value };
  moveTo(cursor, after);
  return value;
}

/** The value that begins with `token`; references only inside of arrays and dictionaries. */
export function parseValue(options: {
  cursor: Cursor;
  budget: Budget;
  token: Token;
  depth: number;
}): PdfObject {
  const { cursor, budget, token, depth } = options;
  budget.operations(1);
  switch (token.kind) {
    case "end":
      throw new PdfDamage("the file ends inside of an object");
    case "number":
      return token.value;
    case "name":
    case "string":
      return token;
    case "keyword":
      break;
  }
  switch (token.word) {
    case "[":
      return items({ cursor, budget, depth: depth + 1, until: "]" });
    case "<<":
      return dictOf(items({ cursor, budget, depth: depth + 1, until: ">>" }));
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    default:
      throw new PdfDamage("a word stands where an object should");
  }
}

function items(options: {
  cursor: Cursor;
  budget: Budget;
  depth: number;
  until: string;
}): PdfObject[] {
  const { cursor, budget, depth, until } = options;
  if (depth > depthMax) throw new PdfDamage("objects are nested too deeply");
  const list: PdfObject[] = [];
  for (;;) {
    const token = nextToken(cursor);
    if (token.kind === "keyword") {
      if (token.word === until) return list;
      if (token.word === "R") {
        const generation = integerOf(list.pop());
        const number = integerOf(list.pop());
        if (number === undefined || generation === undefined || number < 0)
          throw new PdfDamage("a reference has no number");
        list.push({ kind: "ref", number, generation });
        continue;
      }
      if (token.word === "endobj" || token.word === "stream" || token.word === "]")
        throw new PdfDamage("an array or dictionary has no end");
    }
    list.push(parseValue({ cursor, budget, token, depth }));
  }
}

/** A dictionary of keys and values in turn. A later value counts, as in most readers. */
export function dictOf(list: readonly PdfObject[]): PdfDict {
  const entries = new Map<string, PdfObject>();
  let doubled = false;
  for (let place = 0; place + 1 < list.length; place += 2) {
    const key = nameOf(list[place]);
    const value = list[place + 1];
    if (key === undefined || value === undefined)
      throw new PdfDamage("a dictionary's key is not a name");
    doubled ||= entries.has(key);
    entries.set(key, value);
  }
  return { kind: "dict", entries, doubled };
}

/** Where a stream's bytes begin, the cursor being right after the word `stream` (7.3.8.1). */
export function streamStart(cursor: Cursor): number {
  while (peek(cursor) === 32) cursor.at += 1;
  if (peek(cursor) === 13) cursor.at += 1;
  if (peek(cursor) === 10) cursor.at += 1;
  return placeOf(cursor);
}
