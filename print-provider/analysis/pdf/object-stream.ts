import type { Budget } from "../budget.ts";
import { memorySource } from "../byte-source.ts";
import { cursorAt } from "./cursor.ts";
import { nextToken } from "./lexer.ts";
import { parseObject } from "./parse-object.ts";
import { integerOf, PdfDamage, type PdfObject, type PdfStream } from "./pdf-object.ts";

/** The objects that one object stream holds (ISO 32000-2, 7.5.7), parsed as they are asked for. */
export interface ObjectStream {
  bytes: number;
  /** The numbers of its objects, in their order. */
  numbers: readonly number[];
  /** The n-th object. Throws PdfDamage when it cannot be parsed. */
  object(index: number): PdfObject;
}

/** Reads the head of an unpacked object stream. Throws PdfDamage when it is not one. */
export function openObjectStream(options: {
  stream: PdfStream;
  bytes: Uint8Array;
  budget: Budget;
}): ObjectStream {
  const { stream, bytes, budget } = options;
  const count = integerOf(stream.dict.entries.get("N"));
  const first = integerOf(stream.dict.entries.get("First"));
  if (count === undefined || first === undefined || count < 0 || first < 0)
    throw new PdfDamage("an object stream does not say what it holds");
  const source = memorySource(bytes);
  const head = cursorAt(source, 0);
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let place = 0; place < count; place++) {
    budget.operations(1);
    const number = nextToken(head);
    const offset = nextToken(head);
    if (number.kind !== "number" || offset.kind !== "number")
      throw new PdfDamage("an object stream's head is cut");
    numbers.push(number.value);
    offsets.push(offset.value);
  }
  return {
    bytes: bytes.length,
    numbers,
    object: (index) => {
      const offset = offsets[index];
      if (offset === undefined || offset < 0) throw new PdfDamage("an object is not in its stream");
      return parseObject(cursorAt(source, first + offset), budget);
    },
  };
}
