import { type PassedStep, runPipeline } from "../../card-readers/numbers/pipeline.ts";
import type { Pair } from "../../card-readers/numbers/search-rules.ts";
import type { Proposal } from "../../card-readers/numbers/solver.ts";
import type { RuleChecked, RulesChecked } from "../../protocol/card-rules.ts";

/** A rule, and each of its steps on the first card. */
export function tellRule({ pipeline }: Proposal, pairs: readonly Pair[]): string {
  const [example] = pairs;
  const { trail } = runPipeline(pipeline, example?.said ?? "");
  const step = ({ step: name, says, text }: PassedStep) => `   ${name}: ${says} → ${text ?? "?"}`;
  return [
    pipeline.text === "" ? "nothing is to be done: readers say the number itself" : pipeline.text,
    ...(trail.length === 0 ? [] : [`   ${example?.said}`]),
    ...trail.map(step),
  ].join("\n");
}

/** On which made-up card a rule differs from the first one. */
export function tellDifference({ differs }: Proposal, { pipeline }: Proposal): string {
  const { result } = runPipeline(pipeline, differs?.said ?? "");
  const first = result.kind === "number" ? result.number : "no card";
  return `   It differs from rule 1 for a card such as ${differs?.said}: ${differs?.number ?? "no card"}, and not ${first}.`;
}

/** Whose badges were looked at. */
export function tellLookedAt({ badges, directory }: RulesChecked): string {
  const here = `Looked at: ${badges} badges that are known here`;
  switch (directory.kind) {
    case "none":
      return `${here}.`;
    case "whole":
      return `${here}, and ${directory.badges} of the directory (LDAP).`;
    case "partly":
      return `${here}, and ${directory.badges} of the directory (LDAP).\n! The directory did not give all of its people: who else has which number was not looked at.`;
    case "away":
      return `${here}.\n! The directory (LDAP) did not answer: its badges were not looked at. Try again before you use a rule.`;
  }
}

/** What a rule would do to them. */
export function tellEffect(rule: RuleChecked): string {
  if (rule.kind === "refused") return `   The server does not take it: ${rule.sentence}`;
  const { same, changed, noCard, collisions, shown } = rule;
  const groups = shown.map((group) => {
    const people = group.map(
      ({ login, end, inDirectory }) => `${login} (${end}${inDirectory ? ", directory" : ""})`,
    );
    return `     ${people.join(" and ")} would have the same number`;
  });
  return [
    `   Badges that were linked as a reader says them: ${same} would keep their number, ${changed} would have to be linked again; ${noCard} cannot be such.`,
    collisions === 0
      ? "   No two people would have the same number."
      : `   ! ${collisions} times several people would have the same number. Do not use it before that is settled:`,
    ...groups,
    ...(collisions > shown.length ? [`     … and ${collisions - shown.length} more`] : []),
  ].join("\n");
}
