import fc from "fast-check";
import { expect, it } from "vitest";
import { matchPattern } from "./match-pattern.ts";
import { type Pattern, readPattern } from "./pattern.ts";

function patternOf(source: string): Pattern {
  const read = readPattern(source);
  if (read.kind === "refused") throw new Error(read.sentence);
  return read.pattern;
}

it.each([
  ["^;(\\d{1,19})=?.*\\?$", ";12345678=9912?", "12345678"],
  ["[0-9A-F]+", "id=66CF4DC2 ok", "66CF4DC2"],
  ["(?:card|badge) ([0-9]+)", "badge 123", "123"],
  ["^[^=]*", "12=34", "12"],
  ["a|ab|abc", "abc", "a"],
  ["\\.\\?\\[", "x.?[", ".?["],
  ["[\\]\\-a]+", "]-a", "]-a"],
  ["x{2,3}", "xxxx", "xxx"],
])("finds with %s in %j what is wanted", (source, text, wanted) => {
  const match = matchPattern(patternOf(source), text);
  expect(match?.group ?? match?.whole).toBe(wanted);
});

it("finds nothing where nothing is", () => {
  expect(matchPattern(patternOf("^;"), "123")).toBeUndefined();
});

it.each([
  ["(a", /not closed/],
  ["a)", /not opened/],
  ["[a", /bracket/],
  ["(?=a)", /looking ahead/],
  ["(a)\\1", /not taken/],
  ["a+?", /lazy/],
  ["*a", /repeats nothing/],
  ["[z-a]", /wrong way round/],
  ["a{9,3}", /wrong way round/],
  ["(((a{128}){128}){128})", /repeats too much/],
  ["", /empty/],
  ["a".repeat(201), /longer than 200/],
  ["é", /no reader sends/],
])("refuses %s with words", (source, words) => {
  const read = readPattern(source);
  expect(read.kind === "refused" && read.sentence).toMatch(words);
});

/** Sources whose meaning is the same in the language's own expressions. */
const sources = fc.letrec((tie) => ({
  atom: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("a", "b", "1", ".", "[ab]", "[^a]", "\\d", "\\w"),
    tie("whole").map((inner) => `(${inner})`),
  ),
  part: fc
    .tuple(tie("atom"), fc.constantFrom("", "", "+", "{2}", "{1,3}"))
    .map(([atom, times]) => `${atom}${times}`),
  whole: fc
    .array(tie("part"), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join(""))
    .chain((one) => fc.constantFrom(one, `${one}|b`, one)),
})).whole as fc.Arbitrary<string>;

it("finds what the language's own expressions find", () => {
  fc.assert(
    fc.property(sources, fc.stringMatching(/^[ab1 ]{0,12}$/), (source, text) => {
      fc.pre(source.length <= 60);
      const read = readPattern(source);
      fc.pre(read.kind === "pattern");
      if (read.kind !== "pattern") return;
      expect(matchPattern(read.pattern, text)?.whole).toBe(new RegExp(source).exec(text)?.[0]);
    }),
    { seed: 6, numRuns: 600 },
  );
});

it.each(["(a+)+$", "(a|a)*$", "(.*a){20}$", "(a|b|ab)*c"])(
  "is done with %s over a hostile text in no time",
  (source) => {
    const pattern = patternOf(source);
    const started = performance.now();
    matchPattern(pattern, `${"a".repeat(127)}!`);
    expect(performance.now() - started).toBeLessThan(500);
  },
);
