import type { ReaderShown, TapShown } from "../../protocol/readers.ts";

const inWords = {
  absent: "not there",
  opening: "being opened",
  ready: "ready",
  degraded: "there, but cannot be used",
} as const;

/** A reader, for people. */
export function tellReader({ id, reached, state, identity, sentences }: ReaderShown): string {
  return [
    `${id}  ${inWords[state]}  (${reached})`,
    ...(identity === undefined ? [] : [`      ${identity}`]),
    ...sentences.map((sentence) => `      ${sentence}`),
  ].join("\n");
}

/** A tap with each step, for people. */
export function tellTap(tap: TapShown): string {
  const { reader, medium, tagType, bits, bytes, said, steps, number, sentences } = tap;
  const kind = [tagType, bits === undefined ? undefined : `${bits} bits`, medium];
  const width = Math.max(10, ...steps.map(({ step }) => step.length));
  const row = (name: string, text: string, says = "") =>
    `  ${name.padEnd(width)}  ${text}${says === "" ? "" : `   (${says})`}`;
  return [
    `tap ${tap.tap} at ${reader}: ${kind.filter((one) => one !== undefined).join(", ")}`,
    ...(said === "" ? [] : [row("bytes", bytes), row("it says", said)]),
    ...steps.map(({ step, says, text }) => row(step, text ?? "no card", says)),
    ...(number === null ? [] : [row("number", number)]),
    ...sentences.map((sentence) => `  ! ${sentence}`),
  ].join("\n");
}
