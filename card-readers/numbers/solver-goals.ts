import { hexOf } from "./digits.ts";
import { cutsOf, hexCutsOf } from "./solver-middles.ts";
import { type Move, move } from "./solver-moves.ts";
import type { Step } from "./step.ts";

/** How a rule may end: from these texts, these steps give the numbers that are wanted. */
export interface Goal {
  readonly texts: readonly string[];
  readonly steps: readonly Step[];
  readonly cost: number;
}

/** Texts from which the wanted numbers follow by a usual end, and where to look for them. */
export interface Goals {
  /** The ends that follow from these texts; with `cuts` also those that cut a part out of them. */
  endsOf(texts: readonly string[], options: { readonly cuts: boolean }): readonly Goal[];
}

export const keyOf = (texts: readonly string[]): string => texts.join("\n");

const withoutZeros = (text: string) => text.replace(/^0+(?=.)/, "");
const isDecimal = (text: string) => /^[0-9]+$/.test(text);

/**
 * Looks back from the numbers: before something was put in front or behind, before zeros were filled in,
 * before it was written in decimal digits. So the search needs to go half as deep.
 */
export function goalsOf(wanted: readonly string[]): Goals {
  const plain: Goal[] = [{ texts: wanted, steps: [], cost: 0 }];
  const bare = [...plain, ...plain.flatMap(withoutConstants)];
  const filled = bare.flatMap((goal) => [goal, ...withoutFill(goal)]);
  const exact = grouped(filled.map((goal) => [keyOf(goal.texts), goal]));
  const decimals = filled
    .filter(({ texts }) => texts.every((text) => isDecimal(text) && withoutZeros(text) === text))
    .map((goal) => ({ goal, digits: goal.texts.map((text) => hexOf(BigInt(text))) }));
  const numeric = grouped(decimals.map(({ goal, digits }) => [keyOf(digits), goal]));
  const ends = filled.filter(({ texts }) => new Set(texts.map(({ length }) => length)).size === 1);
  const decimal = move("hex2dec", 1);

  return {
    endsOf(texts, { cuts }) {
      const upper = texts.map((text) => text.toUpperCase());
      const found = [...(exact.get(keyOf(upper)) ?? [])];
      const hex = numeric.get(keyOf(upper.map(withoutZeros))) ?? [];
      found.push(...hex.map((goal) => endingWith(decimal, goal)));
      for (const goal of ends) {
        const length = goal.texts[0]?.length ?? 0;
        const isPart = upper.every(
          (text, i) => text.length > length && text.endsWith(goal.texts[i] ?? " "),
        );
        if (isPart) found.push(endingWith(move(`slice(-${length})`, 1.5), goal));
        else if (cuts && upper[0]?.includes(goal.texts[0] ?? " "))
          found.push(...cutsOf(upper, goal.texts).map((cut) => endingWith(cut, goal)));
      }
      if (cuts)
        for (const { goal, digits } of decimals)
          found.push(
            ...hexCutsOf(upper, digits).map((cut) => endingWith([...cut, ...decimal], goal)),
          );
      return found;
    },
  };
}

function endingWith(moves: readonly Move[], { texts, steps, cost }: Goal): Goal {
  return {
    texts,
    steps: [...moves.map(({ step }) => step), ...steps],
    cost: cost + moves.reduce((sum, one) => sum + one.cost, 0),
  };
}

/**
 * Zeros in front may have been filled in, or may be part of what was read. Filled up to one width: what
 * is longer had no need of them.
 */
function withoutFill(goal: Goal): Goal[] {
  const { texts } = goal;
  const widths = new Set(texts.filter((text) => text.startsWith("0")).map(({ length }) => length));
  const [width] = widths;
  if (width === undefined || widths.size > 1 || texts.some(({ length }) => length < width))
    return [];
  return [endingWith(move(`pad(${width})`, 1.1), { ...goal, texts: texts.map(withoutZeros) })];
}

/** What every number begins or ends with although nothing that was read may say so. */
function withoutConstants(goal: Goal): Goal[] {
  const [first = "", ...others] = goal.texts;
  const most = Math.min(12, ...goal.texts.map((text) => text.length - 1));
  const found: Goal[] = [];
  for (let length = 1; length <= most; length++) {
    const front = first.slice(0, length);
    if (!others.every((one) => one.startsWith(front))) break;
    const texts = goal.texts.map((text) => text.slice(length));
    // Zeros at its end are rather filled in.
    const cost = 2.5 + length / 10 + (front.endsWith("0") ? 0.5 : 0);
    found.push(endingWith(move(`prepend(${front})`, cost), { ...goal, texts }));
  }
  for (let length = 1; length <= most; length++) {
    const back = first.slice(-length);
    if (!others.every((one) => one.endsWith(back))) break;
    const texts = goal.texts.map((text) => text.slice(0, -length));
    found.push(endingWith(move(`append(${back})`, 2.6 + length / 10), { ...goal, texts }));
  }
  return found;
}

function grouped(entries: readonly (readonly [string, Goal])[]): Map<string, Goal[]> {
  const map = new Map<string, Goal[]>();
  for (const [key, goal] of entries) map.set(key, [...(map.get(key) ?? []), goal]);
  return map;
}
