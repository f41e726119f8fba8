import { describe, expect, it } from "vitest";
import { readPipeline } from "./pipeline.ts";
import { probesLike } from "./probes.ts";
import { numberOf, solve } from "./solver.ts";

function pipelineOf(text: string) {
  const read = readPipeline(text);
  if (read.kind === "refused") throw new Error(read.sentence);
  return read.pipeline;
}

/** Pairs as a technician would note them down, by the rule that the site really has. */
function pairsBy(rule: string, said: readonly string[]) {
  const pipeline = pipelineOf(rule);
  return said.map((one) => {
    const number = numberOf(pipeline, one);
    if (number === undefined) throw new Error(`${rule} makes nothing of ${one}`);
    return { said: one, number };
  });
}

const four = ["946EBD28", "66CF4DC2", "1A2B3C4D", "F0E1D2C3"];
const seven = ["04D7A79A973780", "0412F3A2BC5680", "04AB34CD98EF81", "0455667788AA82"];
const em = ["0F0184F07D", "0F0133A1B2", "0F01AB00CD"];
const hid = ["02EC0C86", "0140026", "01FFFFFF"];

describe("a rule of the field", () => {
  it.each([
    ["hex2dec", four],
    ["reverse-bytes | hex2dec", four],
    ["hex2dec", seven],
    ["reverse-bytes | hex2dec", seven],
    ["ascii-enc | hex2dec", ["3934364542443238", "3636434634444332", "3141324233433444"]],
    ["dec2hex", ["2490285352", "1724861890", "439041101"]],
    ["last-bits(32) | hex2dec", em],
    ["split(8, 16)", em],
    ["wiegand(H10301)", hid],
    ["wiegand(H10301, number) | pad(8)", hid],
    ["slice(2) | first-bits(26) | wiegand(H10301)", ["1A808001C0", "1A05000980", "1ABB032180"]],
    ["slice(0, 8) | reverse-bytes | hex2dec | pad(10)", seven],
    ["slice(-8) | reverse-bytes | hex2dec | pad(10) | prepend(A)", seven],
    ["reverse-bytes | hex2dec | slice(-8)", four],
    ["slice(1, -1) | strip-zeros", [";00012345?", ";00078901?", ";00054321?"]],
    ["strip-zeros | append(7)", ["0001234", "0005678", "0009012"]],
    ["reverse-bits | hex2dec", four],
    ["slice(4, 12) | hex2dec | pad(10) | prepend(0042)", seven],
    ["slice(4, 10) | reverse-bytes", seven],
    ["slice(-7, -2)", [";1234567?9", ";;55512345?9", ";9876543?1"]],
    ["slice(3, 9) | hex2dec", ["00C1A2B3D", "00C0FF1E2", "00C7654AB"]],
    ["wiegand(H10306) | strip-zeros", ["200EA24CE", "200EA002F", "2019A071E"]],
    ["swap-nibbles | reverse-bytes", four],
  ])("%s is found from what it makes", (rule, said) => {
    const pairs = pairsBy(rule, said);
    const solved = solve(pairs);
    if (solved.kind === "refused") throw new Error(solved.sentence);
    for (const { pipeline } of solved.proposals)
      for (const { said: one, number } of pairs) expect(numberOf(pipeline, one)).toBe(number);
    // Among the proposals is one that does the same on every other card of the kind.
    const truth = pipelineOf(rule);
    const probes = probesLike(said).filter((one) => numberOf(truth, one) !== undefined);
    expect(probes.length).toBeGreaterThan(0);
    const right = solved.proposals.filter(({ pipeline }) =>
      probes.every((one) => numberOf(pipeline, one) === numberOf(truth, one)),
    );
    expect(solved.proposals.map(({ pipeline }) => pipeline.text)).toEqual(
      expect.arrayContaining(right.map(({ pipeline }) => pipeline.text)),
    );
    expect(right).not.toEqual([]);
  });
});

it("proposes the simplest rule first, and none when nothing needs to be done", () => {
  const plain = solve(pairsBy("", four));
  expect(plain.kind === "solved" && plain.proposals[0].pipeline.text).toBe("");
  const decimal = solve(pairsBy("hex2dec", four));
  expect(decimal.kind === "solved" && decimal.proposals[0].pipeline.text).toBe("hex2dec");
});

it.each([
  ["slice(4, 12) | hex2dec | pad(10) | prepend(0042)", seven],
  ["reverse-bytes | slice(4, 10)", seven],
  ["slice(4, 10) | dec2hex", ["202611115501", "202622227702", "202633339903", "202687654304"]],
])("cuts bytes out of the middle as one step: %s", (rule, said) => {
  const solved = solve(pairsBy(rule, said));
  expect(solved.kind === "solved" && solved.proposals[0].pipeline.text).toBe(rule);
});

it("takes no notice of signs that lists put between digits", () => {
  const pairs = pairsBy("hex2dec", four).map(({ said, number }) => ({
    said,
    number: `${number.slice(0, 3)}-${number.slice(3)}`,
  }));
  const solved = solve(pairs);
  expect(solved.kind === "solved" && solved.proposals[0].pipeline.text).toBe("hex2dec");
});

it("tells by a made-up card where two rules that fit differ", () => {
  const solved = solve(pairsBy("hex2dec", ["946EBD28", "66CF4DC2", "F0E1D2C3"]));
  if (solved.kind === "refused") throw new Error(solved.sentence);
  const [first, ...others] = solved.proposals;
  expect(others.length).toBeGreaterThan(0);
  for (const { pipeline, differs } of others) {
    expect(numberOf(pipeline, differs?.said ?? "")).toBe(differs?.number);
    expect(numberOf(first.pipeline, differs?.said ?? "")).not.toBe(differs?.number);
  }
});

it("names the one pair that does not fit the others", () => {
  const pairs = pairsBy("reverse-bytes | hex2dec", four);
  const typo = pairs.map((pair, i) => (i === 2 ? { ...pair, number: `${pair.number}1` } : pair));
  const solved = solve(typo);
  expect(solved).toMatchObject({ kind: "solved", odd: 2 });
  expect(solved.kind === "solved" && solved.proposals[0].pipeline.text).toBe(
    "reverse-bytes | hex2dec",
  );
});

it.each([
  [pairsBy("hex2dec", four.slice(0, 2)), /3 pairs at least/],
  [[...pairsBy("hex2dec", four), { said: "946EBD28", number: "1234" }], /another number/],
  [four.map((said) => ({ said, number: "5555" })), /All numbers are the same/],
  [four.map((said) => ({ said, number: "1-2" })), /letters and digits/],
  [
    four.map((said, i) => ({ said, number: ["730461", "118200", "559377", "902744"][i] ?? "" })),
    /No rule of a few steps/,
  ],
])("says in words what is wrong: case %#", (pairs, words) => {
  const solved = solve(pairs);
  expect(solved.kind === "refused" && solved.sentence).toMatch(words);
});

it("gives the same answer every time", () => {
  const pairs = pairsBy("slice(0, 8) | reverse-bytes | hex2dec", seven);
  const texts = () => {
    const solved = solve(pairs);
    return solved.kind === "solved" && solved.proposals.map(({ pipeline }) => pipeline.text);
  };
  expect(texts()).toEqual(texts());
});
