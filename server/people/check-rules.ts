import { type Pipeline, runPipeline } from "../../card-readers/numbers/pipeline.ts";
import { inTurns } from "../in-turns.ts";

/** A badge that is known, with its whole number. */
export type KnownBadge = {
  /** Whose it is: the same for all badges of one person. */
  holder: string;
  login: string;
  number: string;
  /** It stands in the directory only. */
  inDirectory: boolean;
};

export type RulesEffect = {
  same: number;
  changed: number;
  noCard: number;
  /** Badges of several people that would have one number. */
  collisions: KnownBadge[][];
};

/**
 * What a pipeline would do were each known number what a reader says. A card that was linked as it was
 * read then has another number; two people collide where both would have the same one, also where one
 * of them has it already.
 */
export async function checkRules(
  pipeline: Pipeline,
  badges: readonly KnownBadge[],
): Promise<RulesEffect> {
  const makers = new Map<string, KnownBadge[]>();
  const held = new Map<string, KnownBadge[]>();
  for await (const badge of inTurns(badges)) add(held, badge.number, badge);
  const effect = { same: 0, changed: 0, noCard: 0 };
  for await (const badge of inTurns(badges)) {
    const { result } = runPipeline(pipeline, badge.number);
    if (result.kind === "no-card") {
      effect.noCard += 1;
      continue;
    }
    if (result.number === badge.number) effect.same += 1;
    else if (!held.has(result.number)) effect.changed += 1;
    add(makers, result.number, badge);
  }
  const collisions: KnownBadge[][] = [];
  for await (const [number, made] of inTurns(makers)) {
    // Whoever has that number in the books now is found by it, too.
    const all = [...new Set([...(held.get(number) ?? []), ...made])];
    if (new Set(all.map(({ holder }) => holder)).size > 1) collisions.push(all);
  }
  return { ...effect, collisions };
}

function add(map: Map<string, KnownBadge[]>, number: string, badge: KnownBadge): void {
  const there = map.get(number);
  if (there === undefined) map.set(number, [badge]);
  else there.push(badge);
}
