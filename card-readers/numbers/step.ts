/** One step from what a reader says to a card number. */
export interface Step {
  /** As it is written in the configuration. */
  readonly text: string;
  /** What it does, for people. */
  readonly says: string;
  /** Pure, and bounded by the length of what it is given. */
  readonly apply: (text: string) => Applied;
}

/** `refused`: what was read is no card for this step, and why. Never tells the digits themselves. */
export type Applied =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly sentence: string };

export type MadeStep =
  | { readonly kind: "step"; readonly step: Step }
  | { readonly kind: "refused"; readonly sentence: string };

/** A kind of step, by the name that the configuration uses. */
export interface StepKind {
  readonly name: string;
  /** Other products' names for the same. */
  readonly otherNames?: readonly string[];
  /** How it is written, with its arguments. */
  readonly usage: string;
  readonly does: string;
  /** What stands in its parentheses is one argument, whatever is in it. */
  readonly isWhole?: boolean;
  readonly make: (given: readonly string[]) => MadeStep;
}

export const textOr = (text: string | undefined, sentence: string): Applied =>
  text === undefined ? { kind: "refused", sentence } : { kind: "text", text };

export const refuse = (sentence: string): { kind: "refused"; sentence: string } => ({
  kind: "refused",
  sentence,
});

export const made = (
  text: string,
  says: string,
  apply: (text: string) => Applied,
): { kind: "step"; step: Step } => ({ kind: "step", step: { text, says, apply } });

/** A whole number between two others, or a sentence. */
export function countIn(
  text: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (text === undefined || !/^-?\d{1,4}$/.test(text)) return undefined;
  const count = Number(text);
  return count >= least && count <= most ? count : undefined;
}
