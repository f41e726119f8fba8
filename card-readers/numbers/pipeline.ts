import { canonicalCardNumber } from "../card-number.ts";
import { digitSteps } from "./digit-steps.ts";
import { longestText } from "./digits.ts";
import type { Step, StepKind } from "./step.ts";
import { textSteps } from "./text-steps.ts";
import { wiegandStep } from "./wiegand-steps.ts";

/** All that a site does with what its readers say, in turn. None at all is the usual case. */
export interface Pipeline {
  /** As it is written in the configuration, in its plainest form. */
  readonly text: string;
  readonly steps: readonly Step[];
}

export type PipelineRead =
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline }
  | { readonly kind: "refused"; readonly sentence: string };

/** What became of what a reader said, step by step, for whoever looks for a mistake. */
export interface PipelineRun {
  readonly trail: readonly PassedStep[];
  readonly result:
    | { readonly kind: "number"; readonly number: string }
    | { readonly kind: "no-card"; readonly sentence: string };
}

export interface PassedStep {
  readonly step: string;
  readonly says: string;
  /** Undefined at the step that refused. */
  readonly text: string | undefined;
}

export const stepKinds: readonly StepKind[] = [...digitSteps, ...textSteps, wiegandStep];
export const emptyPipeline: Pipeline = { text: "", steps: [] };

const longestPipeline = 1_000;
const mostSteps = 16;

/**
 * Reads a pipeline: steps between bars, `reverse-bytes | hex2dec | pad(10)`. PaperCut's notation
 * (`ascii-enc|hex2dec`) is the same. A sentence names the step that is wrong.
 */
export function readPipeline(text: string): PipelineRead {
  if (text.length > longestPipeline)
    return { kind: "refused", sentence: `It is longer than ${longestPipeline} characters.` };
  if (text.trim() === "") return { kind: "pipeline", pipeline: emptyPipeline };
  const written = splitAtBars(text);
  if (written === undefined)
    return { kind: "refused", sentence: "A parenthesis is not closed, or was not opened." };
  if (written.length > mostSteps)
    return { kind: "refused", sentence: `It has more than ${mostSteps} steps.` };
  const steps: Step[] = [];
  for (const [index, one] of written.entries()) {
    const read = readStep(one.trim());
    if (typeof read === "string")
      return { kind: "refused", sentence: `Step ${index + 1}, "${one.trim()}": ${read}.` };
    steps.push(read);
  }
  return { kind: "pipeline", pipeline: pipelineOf(steps) };
}

export function pipelineOf(steps: readonly Step[]): Pipeline {
  return { text: steps.map(({ text }) => text).join(" | "), steps };
}

/** Makes a card number of what a reader said. The last step of all is that it becomes canonical. */
export function runPipeline({ steps }: Pipeline, said: string): PipelineRun {
  const trail: PassedStep[] = [];
  const ended = (sentence: string): PipelineRun => ({
    trail,
    result: { kind: "no-card", sentence },
  });
  if (said.length > longestText) return ended(`It is longer than ${longestText} characters.`);
  let text = said.trim();
  for (const { text: step, says, apply } of steps) {
    const applied = apply(text);
    const passed = applied.kind === "text" ? applied.text : undefined;
    trail.push({ step, says, text: passed });
    if (applied.kind === "refused")
      return ended(`It is no card at the step ${step}: ${applied.sentence}.`);
    text = applied.text;
  }
  const number = canonicalCardNumber(text);
  return number === undefined
    ? ended("What is left is no card number: that has 4 to 64 letters and digits, nothing else.")
    : { trail, result: { kind: "number", number } };
}

function readStep(written: string): Step | string {
  const parts = /^([A-Za-z][\w-]*)\s*(?:\((.*)\))?$/s.exec(written);
  if (/^javascript\s*:/i.test(written))
    return "scripts of other products are not run here; say what it does with the steps of docs/card-numbers.md, or let `guichet readers solve` find them";
  if (parts === null) return "it is no step; a step is a name, such as hex2dec or pad(10)";
  const [, name = "", inside] = parts;
  const wanted = name.toLowerCase();
  const kind = stepKinds.find(
    (one) => one.name === wanted || one.otherNames?.includes(wanted) === true,
  );
  if (kind === undefined)
    return `there is no step "${name}"; these are: ${stepKinds.map((one) => one.name).join(", ")}`;
  const given =
    inside === undefined || inside.trim() === ""
      ? []
      : kind.isWhole === true
        ? [inside]
        : inside.split(",").map((one) => one.trim());
  const made = kind.make(given);
  return made.kind === "step" ? made.step : made.sentence;
}

/** Bars within parentheses and brackets, and after a backslash, are an expression's own. */
function splitAtBars(text: string): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let isInBrackets = false;
  let begun = 0;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === "\\") at += 1;
    else if (isInBrackets) isInBrackets = one !== "]";
    else if (one === "[" && depth > 0) isInBrackets = true;
    else if (one === "(") depth += 1;
    else if (one === ")") depth -= 1;
    else if (one === "|" && depth === 0) {
      parts.push(text.slice(begun, at));
      begun = at + 1;
    }
    if (depth < 0) return undefined;
  }
  if (depth !== 0 || isInBrackets) return undefined;
  parts.push(text.slice(begun));
  return parts;
}
