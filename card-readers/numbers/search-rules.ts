import { type Pipeline, pipelineOf, runPipeline } from "./pipeline.ts";
import { goalsOf, keyOf } from "./solver-goals.ts";
import { middleCuts, movesFor } from "./solver-moves.ts";
import type { Step } from "./step.ts";

/** What a reader says of a card, and what the directory has for the same card. */
export interface Pair {
  readonly said: string;
  readonly number: string;
}

export interface FoundRule {
  readonly pipeline: Pipeline;
  /** The simpler, the less. */
  readonly cost: number;
}

interface Place {
  readonly texts: readonly string[];
  readonly steps: readonly Step[];
  readonly cost: number;
}

const mostSteps = 5;
/** A part is looked for at any place of what so many steps made; behind more it is chance. */
const mostBeforeCut = 2;
/** Rules that cost so much more than the simplest one are far-fetched beside it. */
const worseBy = 30;
const mostFound = 24;
/** So many pairs lead; the others are held against what was found. */
const leading = 6;

/**
 * Looks for all short chains of steps that turn each text into its number, the simplest first. Bounded
 * by a number of places, not by time: the same pairs always give the same answer.
 */
export function searchRules(
  pairs: readonly Pair[],
  { mostPlaces }: { readonly mostPlaces: number },
): readonly FoundRule[] {
  const lead = pairs.slice(0, leading);
  const said = lead.map((pair) => pair.said);
  const wanted = lead.map(({ number }) => number.toUpperCase());
  const moves = movesFor(said, wanted);
  const firstMoves = [...moves, ...middleCuts(said)];
  const goals = goalsOf(wanted);
  const open = placesByCost();
  const seen = new Set<string>();
  const found = new Map<string, FoundRule>();
  let best = Number.POSITIVE_INFINITY;

  const look = (place: Place) => {
    const key = keyOf(place.texts);
    const isNew = !seen.has(key);
    const cuts = isNew && place.steps.length <= mostBeforeCut && !place.steps.some(movesPlaces);
    for (const { steps, cost } of goals.endsOf(place.texts, { cuts })) {
      const rule = { pipeline: pipelineOf([...place.steps, ...steps]), cost: place.cost + cost };
      if (found.has(rule.pipeline.text) || !pairs.every((pair) => fits(rule.pipeline, pair)))
        continue;
      found.set(rule.pipeline.text, rule);
      best = Math.min(best, rule.cost);
    }
    if (!isNew || place.steps.length >= mostSteps) return;
    seen.add(key);
    open.add(place);
  };

  look({ texts: said, steps: [], cost: 0 });
  for (let places = 0; places < mostPlaces; places++) {
    const place = open.take();
    if (place === undefined || place.cost > best + worseBy || found.size >= mostFound) break;
    for (const { step, cost } of place.steps.length === 0 ? firstMoves : moves) {
      const texts = applied(step, place.texts);
      if (texts === undefined || losesDifference(texts, wanted)) continue;
      look({ texts, steps: [...place.steps, step], cost: place.cost + cost });
    }
  }
  return [...found.values()]
    .filter(({ cost }) => cost <= best + worseBy)
    .sort((a, b) => a.cost - b.cost);
}

/** Without the zeros in front a place is not the same in the next card. */
const movesPlaces = ({ text }: Step): boolean => text === "strip-zeros";

/** Whether a pipeline makes the number of what was said. */
export function fits(pipeline: Pipeline, { said, number }: Pair): boolean {
  const { result } = runPipeline(pipeline, said);
  return result.kind === "number" && result.number === number.toUpperCase();
}

/** The texts after a step; undefined where it refuses one of them, or changes none. */
function applied(step: Step, texts: readonly string[]): readonly string[] | undefined {
  const after: string[] = [];
  let changed = false;
  for (const text of texts) {
    const one = step.apply(text);
    if (one.kind === "refused") return undefined;
    after.push(one.text);
    changed ||= one.text !== text;
  }
  return changed ? after : undefined;
}

/** Once two cards look the same no step tells them apart again. */
function losesDifference(texts: readonly string[], wanted: readonly string[]): boolean {
  for (let i = 1; i < texts.length; i++)
    for (let j = 0; j < i; j++) if (texts[i] === texts[j] && wanted[i] !== wanted[j]) return true;
  return false;
}

/** Gives the cheapest place first; among equals the one that came first. Costs are whole numbers. */
function placesByCost(): { add(place: Place): void; take(): Place | undefined } {
  const byCost: ({ readonly places: Place[]; taken: number } | undefined)[] = [];
  return {
    add(place) {
      const row = byCost[place.cost];
      if (row === undefined) byCost[place.cost] = { places: [place], taken: 0 };
      else row.places.push(place);
    },
    take() {
      for (const row of byCost) {
        // No place costs exactly that much.
        if (row === undefined || row.taken === row.places.length) continue;
        row.taken += 1;
        return row.places[row.taken - 1];
      }
      return undefined;
    },
  };
}
