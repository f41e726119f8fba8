import { type Pipeline, runPipeline } from "../../card-readers/numbers/pipeline.ts";

/** A badge that is known, with its whole number. */
export type KnownBadge = { personId: string; number: string };

export type RulesEffect = {
  badges: number;
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
export function checkRules(pipeline: Pipeline, badges: readonly KnownBadge[]): RulesEffect {
  const holders = new Map<string, KnownBadge[]>();
  const held = new Map(badges.map((badge) => [badge.number, badge]));
  const effect = { badges: badges.length, same: 0, changed: 0, noCard: 0 };
  for (const badge of badges) {
    const { result } = runPipeline(pipeline, badge.number);
    if (result.kind === "no-card") {
      effect.noCard += 1;
      continue;
    }
    if (result.number === badge.number) effect.same += 1;
    else if (!held.has(result.number)) effect.changed += 1;
    const makers = holders.get(result.number);
    if (makers === undefined) holders.set(result.number, [badge]);
    else makers.push(badge);
  }
  const collisions = [...holders].flatMap(([number, makers]) => {
    // Whoever has that number in the books now is found by it, too.
    const owner = held.get(number);
    const all = owner === undefined || makers.includes(owner) ? makers : [owner, ...makers];
    return new Set(all.map(({ personId }) => personId)).size > 1 ? [all] : [];
  });
  return { ...effect, collisions };
}
