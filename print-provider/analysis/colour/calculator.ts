import type { Budget } from "../budget.ts";
import { memorySource } from "../byte-source.ts";
import { type Cursor, cursorAt } from "../pdf/cursor.ts";
import { nextToken } from "../pdf/lexer.ts";
import { PdfDamage } from "../pdf/pdf-object.ts";

/** A program of a PostScript calculator function (ISO 32000-2, 7.10.5). */
export type Program = readonly Step[];
type Step = number | string | { block: Program };

const stepsMax = 10_000;
const depthMax = 32;
const stackMax = 100;

/** Parses `{ … }`. Throws PdfDamage for what is not a program. */
export function parseProgram(bytes: Uint8Array): Program {
  const cursor = cursorAt(memorySource(bytes), 0);
  const first = nextToken(cursor);
  if (first.kind !== "keyword" || first.word !== "{") throw new PdfDamage("a function is damaged");
  return block(cursor, 0);
}

function block(cursor: Cursor, depth: number): Program {
  if (depth > depthMax) throw new PdfDamage("a function is nested too deeply");
  const steps: Step[] = [];
  for (;;) {
    if (steps.length > stepsMax) throw new PdfDamage("a function is too long");
    const token = nextToken(cursor);
    if (token.kind === "number") steps.push(token.value);
    else if (token.kind !== "keyword") throw new PdfDamage("a function is damaged");
    else if (token.word === "}") return steps;
    else if (token.word === "{") steps.push({ block: block(cursor, depth + 1) });
    else steps.push(token.word);
  }
}

/** Runs a program on a stack of numbers (true is 1). Throws PdfDamage where PostScript would stop. */
export function runProgram(program: Program, stack: number[], budget: Budget): void {
  const pop = (): number => {
    const value = stack.pop();
    if (value === undefined) throw new PdfDamage("a function takes more than it has");
    return value;
  };
  for (const [place, step] of program.entries()) {
    budget.operations(1);
    if (stack.length > stackMax) throw new PdfDamage("a function piles up too much");
    if (typeof step === "number") stack.push(step);
    else if (typeof step === "object")
      continue; // run by the `if` or `ifelse` after it
    else if (step === "if") {
      if (pop() !== 0) runProgram(blockAt(program, place - 1), stack, budget);
    } else if (step === "ifelse") {
      const chosen = pop() !== 0 ? place - 2 : place - 1;
      runProgram(blockAt(program, chosen), stack, budget);
    } else if (!moveOnStack(step, stack, pop)) calculate(step, stack, pop);
  }
}

function blockAt(program: Program, place: number): Program {
  const step = program[place];
  if (typeof step !== "object") throw new PdfDamage("a function is damaged");
  return step.block;
}

function moveOnStack(step: string, stack: number[], pop: () => number): boolean {
  switch (step) {
    case "pop":
      pop();
      return true;
    case "dup":
      stack.push(...lastOf(stack, 1));
      return true;
    case "exch": {
      const top = pop();
      const under = pop();
      stack.push(top, under);
      return true;
    }
    case "copy":
      stack.push(...lastOf(stack, pop()));
      return true;
    case "index": {
      const [value = 0] = lastOf(stack, pop() + 1);
      stack.push(value);
      return true;
    }
    case "roll": {
      const by = pop();
      const turned = lastOf(stack, pop());
      const count = turned.length;
      if (count === 0) return true;
      stack.length -= count;
      const from = (((-by % count) + count) % count) | 0;
      stack.push(...turned.slice(from), ...turned.slice(0, from));
      return true;
    }
    default:
      return false;
  }
}

function lastOf(stack: readonly number[], count: number): number[] {
  if (!(count >= 0 && count <= stack.length))
    throw new PdfDamage("a function takes more than it has");
  return stack.slice(stack.length - count);
}

const degree = Math.PI / 180;
const one = new Map<string, (a: number) => number>([
  ["abs", Math.abs],
  ["neg", (a) => -a],
  ["ceiling", Math.ceil],
  ["floor", Math.floor],
  ["round", Math.round],
  ["truncate", Math.trunc],
  ["sqrt", Math.sqrt],
  ["sin", (a) => Math.sin(a * degree)],
  ["cos", (a) => Math.cos(a * degree)],
  ["ln", Math.log],
  ["log", Math.log10],
  ["cvi", Math.trunc],
  ["cvr", (a) => a],
  ["not", (a) => (a === 0 || a === 1 ? 1 - a : ~a)],
]);
const two = new Map<string, (a: number, b: number) => number>([
  ["add", (a, b) => a + b],
  ["sub", (a, b) => a - b],
  ["mul", (a, b) => a * b],
  ["div", (a, b) => a / b],
  ["idiv", (a, b) => Math.trunc(a / b)],
  ["mod", (a, b) => a % b],
  ["exp", (a, b) => a ** b],
  ["atan", (a, b) => (Math.atan2(a, b) / degree + 360) % 360],
  ["and", (a, b) => a & b],
  ["or", (a, b) => a | b],
  ["xor", (a, b) => a ^ b],
  ["bitshift", (a, b) => (b >= 0 ? a << b : a >> -b)],
  ["eq", (a, b) => Number(a === b)],
  ["ne", (a, b) => Number(a !== b)],
  ["gt", (a, b) => Number(a > b)],
  ["ge", (a, b) => Number(a >= b)],
  ["lt", (a, b) => Number(a < b)],
  ["le", (a, b) => Number(a <= b)],
]);

function calculate(step: string, stack: number[], pop: () => number): void {
  if (step === "true" || step === "false") {
    stack.push(Number(step === "true"));
    return;
  }
  const unary = one.get(step);
  const binary = two.get(step);
  if (unary !== undefined) stack.push(unary(pop()));
  else if (binary !== undefined) {
    const second = pop();
    stack.push(binary(pop(), second));
  } else throw new PdfDamage("a function has an unknown operator");
}
