import { readPipeline } from "./pipeline.ts";
import type { Step } from "./step.ts";
import { wiegandFormats } from "./wiegand.ts";

/** A step that may be part of a rule, and how far-fetched it is: whole numbers, 10 for the plainest. */
export interface Move {
  readonly step: Step;
  readonly cost: number;
}

/** Reads a step that the solver itself wrote. */
export function move(text: string, cost: number): Move[] {
  const read = readPipeline(text);
  if (read.kind === "refused") throw new Error(`The solver made a step that is none: ${text}`);
  return read.pipeline.steps.map((step) => ({ step, cost: Math.round(cost * 10) }));
}

/** What readers and print systems do every day costs least. */
const usual: readonly Move[] = [
  ...move("hex2dec", 1),
  ...move("reverse-bytes", 1.2),
  ...move("dec2hex", 1.5),
  ...move("ascii-enc", 1.5),
  ...move("strip-zeros", 1.4),
  ...move("reverse-bits", 2.2),
  ...move("swap-nibbles", 2.2),
  ...move("text2hex", 3),
  ...move("regex([0-9]+)", 2),
  ...move("regex([0-9A-Fa-f]+)", 2.1),
  ...move("split(8, 16)", 1.8),
  ...move("split(16, 16)", 2),
];

const access: readonly Move[] = wiegandFormats.flatMap(({ name, facilityBits }) => [
  ...move(`wiegand(${name})`, 1.8),
  ...(facilityBits === 0 ? [] : move(`wiegand(${name}, number)`, 2)),
]);

const bits: readonly Move[] = [16, 24, 26, 32, 34, 35, 37, 40, 48, 56].flatMap((count) => [
  ...move(`last-bits(${count})`, 2),
  ...move(`first-bits(${count})`, 2.2),
]);

/**
 * The steps worth trying on texts of these lengths towards numbers of these. Parts are taken at bytes,
 * and at the length that is wanted.
 */
export function movesFor(said: readonly string[], wanted: readonly string[]): readonly Move[] {
  const longest = Math.max(...said.map(({ length }) => length));
  const lengths = new Set(wanted.map(({ length }) => length));
  const parts: Move[] = [];
  const cuts = new Set<number>([1, ...lengths]);
  for (let at = 2; at < longest && at <= 40; at += 2) cuts.add(at);
  for (const cut of cuts) {
    const fetched = lengths.has(cut) ? 1.5 : 2 + cut / 100;
    if (cut > longest * 3) continue;
    parts.push(
      ...move(`slice(-${cut})`, fetched),
      ...move(`slice(0, ${cut})`, fetched + 0.1),
      ...move(`slice(${cut})`, fetched + 0.3),
      ...move(`slice(0, -${cut})`, fetched + 0.4),
    );
  }
  return [...usual, ...access, ...bits, ...parts, ...pads(wanted)];
}

/** Whole bytes from the middle of what was read, for whatever is done with them next. */
export function middleCuts(said: readonly string[]): readonly Move[] {
  const longest = Math.max(...said.map(({ length }) => length));
  const cuts: Move[] = [];
  for (let from = 2; from < longest && longest <= longestCut; from += 2)
    for (let to = from + 4; to < longest; to += 2)
      cuts.push(...move(`slice(${from}, ${to})`, 2.2 + from / 100));
  return cuts;
}

/** Longer texts are no bytes of a chip, and have too many parts. */
const longestCut = 24;

/** Filling up to the length that all numbers have, or to whole bytes. */
function pads(wanted: readonly string[]): readonly Move[] {
  const lengths = new Set([8, 10, 14, ...wanted.map(({ length }) => length)]);
  const all = new Set(wanted.map(({ length }) => length));
  return [...lengths].flatMap((length) => [
    ...move(`pad(${length})`, all.has(length) && all.size === 1 ? 1.1 : 2.3),
    ...(length <= 16 && length % 2 === 0 ? move(`dec2hex(${length})`, 1.7) : []),
  ]);
}
