import { longestText } from "./digits.ts";
import { matchPattern } from "./match-pattern.ts";
import { readPattern } from "./pattern.ts";
import { countIn, type MadeStep, made, refuse, type StepKind } from "./step.ts";

const whole = { least: -longestText, most: longestText };

/** Steps that take a text apart, or put one together. */
export const textSteps: readonly StepKind[] = [
  {
    name: "regex",
    usage: "regex(expression)",
    does: "keeps what the expression finds: its first group, or all of it",
    isWhole: true,
    make([source = ""]) {
      const read = readPattern(source);
      if (read.kind === "refused") return refuse(`its expression is not taken: ${read.sentence}`);
      const says = `keeps what "${source}" finds: its first group, or all of it`;
      return made(`regex(${source})`, says, (text) => {
        const match = matchPattern(read.pattern, text);
        return match === undefined
          ? refuse("the expression finds nothing in it")
          : { kind: "text", text: match.group ?? match.whole };
      });
    },
  },
  {
    name: "slice",
    usage: "slice(from) or slice(from, to)",
    does: "keeps a part; places count from 0, and from the end below zero",
    make(given) {
      const from = countIn(given[0], whole);
      const to = given[1] === undefined ? undefined : countIn(given[1], whole);
      if (from === undefined || given.length > 2 || (to === undefined && given.length > 1))
        return refuse("it takes one or two places, such as slice(0, 8) or slice(-8)");
      return slice(from, to);
    },
  },
  ...shortSlices(),
  {
    name: "pad",
    otherNames: ["lpad"],
    usage: "pad(length) or pad(length, character)",
    does: "puts zeros, or another character, in front until it is so long",
    make(given) {
      const length = countIn(given[0], { least: 1, most: longestText });
      const [, fill = "0"] = given;
      if (length === undefined || given.length > 2 || !/^[0-9A-Za-z]$/.test(fill))
        return refuse("it takes a length and perhaps a letter or digit, such as pad(10)");
      const what = fill === "0" ? "zeros" : `"${fill}"`;
      return made(
        fill === "0" ? `pad(${length})` : `pad(${length}, ${fill})`,
        `puts ${what} in front until there are ${length} characters`,
        (text) => ({ kind: "text", text: text.padStart(length, fill) }),
      );
    },
  },
  {
    name: "strip-zeros",
    usage: "strip-zeros",
    does: "takes the zeros in front away",
    make(given) {
      if (given.length > 0) return refuse("it takes nothing in parentheses");
      return made("strip-zeros", this.does, (text) => ({
        kind: "text",
        text: text.replace(/^0+(?=.)/, ""),
      }));
    },
  },
  constant("prepend", { says: (text) => `puts "${text}" in front`, join: (a, b) => b + a }),
  constant("append", { says: (text) => `puts "${text}" behind`, join: (a, b) => a + b }),
];

function slice(from: number, to: number | undefined): MadeStep {
  const text = to === undefined ? `slice(${from})` : `slice(${from}, ${to})`;
  return made(text, partOf(from, to), (whole) => {
    const part = whole.slice(from, to);
    return part === "" ? refuse("nothing is left of it") : { kind: "text", text: part };
  });
}

/** Characters are counted from 1 here, as people do. */
function partOf(from: number, to: number | undefined): string {
  if (to === undefined) return from < 0 ? `keeps ${last(-from)}` : `leaves ${first(from)} out`;
  if (from === 0) return to < 0 ? `leaves ${last(-to)} out` : `keeps ${first(to)}`;
  if (from > 0 && to > 0) return `keeps characters ${from + 1} to ${to}`;
  if (from > 0) return `leaves ${first(from)} and ${last(-to)} out`;
  return to < 0
    ? `keeps ${last(-from)} without ${last(-to)}`
    : `keeps those of ${last(-from)} that are among ${first(to)}`;
}

const first = (count: number) =>
  count === 1 ? "the first character" : `the first ${count} characters`;
const last = (count: number) =>
  count === 1 ? "the last character" : `the last ${count} characters`;

/** What other products call parts: `left(8)`, `right(8)`, `ltrim(2)`, `rtrim(2)`. */
function shortSlices(): StepKind[] {
  const short = (name: string, does: string, of: (count: number) => MadeStep): StepKind => ({
    name,
    usage: `${name}(count)`,
    does,
    make(given) {
      const count = countIn(given[0], { least: 1, most: longestText });
      return count === undefined || given.length !== 1
        ? refuse(`it takes a number of characters, such as ${name}(8)`)
        : of(count);
    },
  });
  return [
    short("left", "keeps the first characters", (count) => slice(0, count)),
    short("right", "keeps the last characters", (count) => slice(-count, undefined)),
    short("ltrim", "leaves the first characters out", (count) => slice(count, undefined)),
    short("rtrim", "leaves the last characters out", (count) => slice(0, -count)),
  ];
}

function constant(
  name: string,
  told: {
    readonly says: (text: string) => string;
    readonly join: (text: string, added: string) => string;
  },
): StepKind {
  return {
    name,
    usage: `${name}(text)`,
    does: told.says("…"),
    make([added = "", ...more]) {
      if (!/^[0-9A-Za-z]{1,32}$/.test(added) || more.length > 0)
        return refuse(`it takes letters and digits, such as ${name}(A1)`);
      return made(`${name}(${added})`, told.says(added), (text) => {
        const joined = told.join(text, added);
        return joined.length > longestText
          ? refuse(`it would be longer than ${longestText} characters`)
          : { kind: "text", text: joined };
      });
    },
  };
}
