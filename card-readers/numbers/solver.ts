import { canonicalCardNumber, withoutSeparators } from "../card-number.ts";
import { longestText } from "./digits.ts";
import { type Pipeline, pipelineOf, runPipeline } from "./pipeline.ts";
import { probesLike } from "./probes.ts";
import { type FoundRule, fits, type Pair, searchRules } from "./search-rules.ts";
import { move } from "./solver-moves.ts";

/** A rule that fits all pairs, or all but one. */
export interface Proposal {
  readonly pipeline: Pipeline;
  /** A made-up card on which it differs from the first proposal, and what it makes of that. */
  readonly differs?: { readonly said: string; readonly number: string | undefined };
}

export type Solved =
  | {
      readonly kind: "solved";
      /** The simplest first; no two of them do the same. */
      readonly proposals: readonly [Proposal, ...Proposal[]];
      /** The pair that does not fit the others, where there is one; from 0. */
      readonly odd?: number;
      /** What is odd about these pairs, for people. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: "refused"; readonly sentence: string };

export const leastPairs = 3;
const mostPairs = 1_000;
const mostProposals = 5;
/** How far to look: chains of four or five steps; and of the plainest ones, once for each pair left out. */
const farPlaces = 1_500;
const nearPlaces = 150;

/**
 * Proposes rules by which what readers say becomes what the directory has, from three pairs or more.
 * Where no rule fits all pairs, but one fits all but one, that one is named: a typing error, mostly.
 */
export function solve(told: readonly Pair[]): Solved {
  const pairs = told.map(({ said, number }) => ({
    said: said.trim(),
    number: withoutSeparators(number),
  }));
  const wrong = whatIsWrong(pairs);
  if (wrong !== undefined) return { kind: "refused", sentence: wrong };
  const found = proposalsFor(pairs, farPlaces);
  if (found !== undefined)
    return { kind: "solved", proposals: found, warnings: warningsFor(pairs, found[0].pipeline) };
  const odd = pairs.length > leastPairs ? oddOne(pairs) : undefined;
  if (odd !== undefined) return odd;
  return {
    kind: "refused",
    sentence:
      "No rule of a few steps fits these pairs. Is each number really that of the same card? Perhaps the directory has a number that is printed on the card, and not stored on it.",
  };
}

function whatIsWrong(pairs: readonly Pair[]): string | undefined {
  if (pairs.length < leastPairs)
    return `Give ${leastPairs} pairs at least: fewer fit too many rules.`;
  if (pairs.length > mostPairs) return `Give ${mostPairs} pairs at most.`;
  for (const [index, pair] of pairs.entries()) {
    const wrong = wrongPair(pair, pairs.slice(0, index));
    if (wrong !== undefined) return `Pair ${index + 1}: ${wrong}.`;
  }
  const numbers = new Map(pairs.map(({ said, number }) => [said, number.toUpperCase()]));
  if (numbers.size < leastPairs) return `Give ${leastPairs} different cards at least.`;
  if (new Set(numbers.values()).size === 1)
    return "All numbers are the same: nothing tells cards apart.";
  return undefined;
}

/** What is wrong with a pair beside others that are right, in words; undefined if nothing is. */
export function wrongPair({ said, number }: Pair, others: readonly Pair[]): string | undefined {
  if (said === "" || said.length > longestText || !/^[\x20-\x7e]+$/.test(said))
    return `what the reader says is 1 to ${longestText} characters`;
  if (canonicalCardNumber(withoutSeparators(number)) === undefined)
    return "the number is 4 to 64 letters and digits";
  const other = others.find((one) => one.said === said);
  return other !== undefined && !isSame(other.number, number)
    ? "the same card has another number in an earlier pair"
    : undefined;
}

const isSame = (a: string, b: string): boolean =>
  withoutSeparators(a).toUpperCase() === withoutSeparators(b).toUpperCase();

function proposalsFor(
  pairs: readonly Pair[],
  mostPlaces: number,
): [Proposal, ...Proposal[]] | undefined {
  const found = searchRules(pairs, { mostPlaces });
  const all = [...found, ...found.slice(0, 6).flatMap((rule) => variants(rule, pairs))].sort(
    (a, b) => a.cost - b.cost,
  );
  const probes = probesLike(pairs.map(({ said }) => said));
  const kept: { readonly pipeline: Pipeline; readonly made: readonly (string | undefined)[] }[] =
    [];
  for (const { pipeline } of all) {
    const made = probes.map((said) => numberOf(pipeline, said));
    // Two that do the same on everything are one: the simpler.
    if (kept.some((one) => one.made.every((number, i) => number === made[i]))) continue;
    kept.push({ pipeline, made });
    if (kept.length === mostProposals) break;
  }
  const [first, ...others] = kept;
  if (first === undefined) return undefined;
  return [
    { pipeline: first.pipeline },
    ...others.map(({ pipeline, made }) => {
      const at = made.findIndex((number, i) => number !== first.made[i]);
      return { pipeline, differs: { said: probes[at] ?? "", number: made[at] } };
    }),
  ];
}

/** The same with zeros in front kept or dropped, which these pairs may not tell and others will. */
function variants({ pipeline, cost }: FoundRule, pairs: readonly Pair[]): FoundRule[] {
  const { steps } = pipeline;
  const padded = steps.flatMap((_, index): FoundRule[] => {
    const before = pipelineOf(steps.slice(0, index + 1));
    const lengths = new Set(pairs.map(({ said }) => endOf(before, said).length));
    const [length] = lengths;
    if (length === undefined || lengths.size !== 1) return [];
    return move(`pad(${length})`, 0.8).map((fill) => ({
      pipeline: pipelineOf([...before.steps, fill.step, ...steps.slice(index + 1)]),
      cost: cost + fill.cost,
    }));
  });
  const stripped = move("strip-zeros", 1.2).map((strip) => ({
    pipeline: pipelineOf([...steps, strip.step]),
    cost: cost + strip.cost,
  }));
  return [...padded, ...stripped].filter((rule) =>
    pairs.every((pair) => fits(rule.pipeline, pair)),
  );
}

/** The text after the last step. */
function endOf(pipeline: Pipeline, said: string): string {
  return runPipeline(pipeline, said).trail.at(-1)?.text ?? "";
}

function oddOne(pairs: readonly Pair[]): Solved | undefined {
  // Among many pairs the first ones say enough; each costs a search.
  for (let odd = 0; odd < Math.min(pairs.length, 8); odd++) {
    const others = pairs.filter((_, index) => index !== odd);
    if (whatIsWrong(others) !== undefined) continue;
    const proposals = proposalsFor(others, nearPlaces);
    if (proposals !== undefined)
      return {
        kind: "solved",
        proposals,
        odd,
        warnings: warningsFor(others, proposals[0].pipeline),
      };
  }
  return undefined;
}

function warningsFor(pairs: readonly Pair[], pipeline: Pipeline): string[] {
  const numbers = new Set(pairs.map(({ said }) => numberOf(pipeline, said)));
  const cards = new Set(pairs.map(({ said }) => said));
  return numbers.size < cards.size
    ? [
        "Several of these cards have the same number: whoever holds one of them is taken for another.",
      ]
    : [];
}

export function numberOf(pipeline: Pipeline, said: string): string | undefined {
  const { result } = runPipeline(pipeline, said);
  return result.kind === "number" ? result.number : undefined;
}
