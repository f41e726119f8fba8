import { type Node, parsePattern, Refused } from "./parse-pattern.ts";

/**
 * Regular expressions for what strangers send. The language's own may take longer than the age of the
 * world over forty characters (`(a+)+$`), so these are the part of them that needs no going back: they
 * become a small program whose steps are at most its length times the text's. What is left out (going
 * back to a group, looking ahead, lazy repetition) is refused by its name.
 */
export type Instruction =
  | { readonly kind: "one-of"; readonly codes: ReadonlySet<number> }
  /** Go on at both; the first is what is wanted more. */
  | { readonly kind: "split"; readonly first: number; readonly second: number }
  | { readonly kind: "go"; readonly to: number }
  /** Note the place: 0 and 1 around all of it, 2 and 3 around the first group. */
  | { readonly kind: "note"; readonly slot: number }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "found" };

export type Pattern = readonly Instruction[];

export type PatternRead =
  | { readonly kind: "pattern"; readonly pattern: Pattern }
  | { readonly kind: "refused"; readonly sentence: string };

const longestPattern = 200;
const longestProgram = 1_000;

/** Reads an expression; a sentence says what in it is not taken. */
export function readPattern(source: string): PatternRead {
  if (source === "") return { kind: "refused", sentence: "the expression is empty" };
  if (source.length > longestPattern)
    return { kind: "refused", sentence: `it is longer than ${longestPattern} characters` };
  if (!/^[\x20-\x7e]+$/.test(source))
    return { kind: "refused", sentence: "it has characters that no reader sends" };
  try {
    const program: Instruction[] = [{ kind: "note", slot: 0 }];
    write(parsePattern(source), program);
    program.push({ kind: "note", slot: 1 }, { kind: "found" });
    return { kind: "pattern", pattern: program };
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", sentence: error.message };
    throw error;
  }
}

function write(node: Node, program: Instruction[]): void {
  if (program.length > longestProgram)
    throw new Refused("it repeats too much; ask for fewer repetitions");
  switch (node.kind) {
    case "one-of":
    case "start":
    case "end":
      program.push(node);
      return;
    case "all":
      for (const part of node.parts) write(part, program);
      return;
    case "group":
      if (node.slot !== undefined) program.push({ kind: "note", slot: node.slot });
      write(node.inner, program);
      if (node.slot !== undefined) program.push({ kind: "note", slot: node.slot + 1 });
      return;
    case "either":
      writeWays(node.ways, program);
      return;
    case "many":
      writeMany(node, program);
      return;
  }
}

function writeWays([way, ...others]: readonly Node[], program: Instruction[]): void {
  if (way === undefined) return;
  if (others.length === 0) {
    write(way, program);
    return;
  }
  const split = program.push({ kind: "go", to: 0 }) - 1;
  write(way, program);
  const over = program.push({ kind: "go", to: 0 }) - 1;
  program[split] = { kind: "split", first: split + 1, second: program.length };
  writeWays(others, program);
  program[over] = { kind: "go", to: program.length };
}

function writeMany(
  { inner, least, most }: Extract<Node, { kind: "many" }>,
  program: Instruction[],
): void {
  for (let i = 0; i < least; i++) write(inner, program);
  if (most === Number.POSITIVE_INFINITY) {
    const split = program.push({ kind: "go", to: 0 }) - 1;
    write(inner, program);
    program.push({ kind: "go", to: split });
    program[split] = { kind: "split", first: split + 1, second: program.length };
    return;
  }
  const splits: number[] = [];
  for (let i = least; i < most; i++) {
    splits.push(program.push({ kind: "go", to: 0 }) - 1);
    write(inner, program);
  }
  for (const split of splits)
    program[split] = { kind: "split", first: split + 1, second: program.length };
}
