import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPipeline, runPipeline, stepKinds } from "./pipeline.ts";

function read(text: string) {
  const told = readPipeline(text);
  if (told.kind === "refused") throw new Error(told.sentence);
  return told.pipeline;
}

const run = (text: string, said: string) => runPipeline(read(text), said);
const numberOf = (text: string, said: string) => {
  const { result } = run(text, said);
  return result.kind === "number" ? result.number : undefined;
};

it.each([
  ["", " 66cf4dc2 ", "66CF4DC2"],
  ["hex2dec", "946EBD28", "2490285352"],
  ["hex2dec", "66CF4DC2", "1724861890"],
  ["hex2dec", "04D7A79A973780", "1363014759954304"],
  ["reverse-bytes|hex2dec", "66CF4DC2", "3259879270"],
  ["reverse-bytes | hex2dec", "04D7A79A973780", "36089921293244164"],
  ["ascii-enc", "3934364542443238", "946EBD28"],
  ["ascii-enc|hex2dec", "3934364542443238", "2490285352"],
  ["dec2hex", "2490285352", "946EBD28"],
  ["reverse-bytes|hex2dec", "946EBD28", "683503252"],
  ["reverse", "1234AB", "AB3412"],
  // What YSoft writes ASCII2Hex;Hex2Dec;Substring(-8).
  ["ascii-enc|hex2dec|slice(-8)", "3934364542443238", "90285352"],
  ["dec2hex(14)", "1363014759954304", "04D7A79A973780"],
  ["hex2dec", "0F0184F07D", "64449998973"],
  ["last-bits(32) | hex2dec", "0F0184F07D", "25489533"],
  ["split(8, 16)", "0F0184F07D", "13261565"],
  ["wiegand(H10301)", "02EC0C86", "11801603"],
  ["wiegand(26, number)", "02EC0C86", "1603"],
  ["first-bits(26) | wiegand(26)", "05000980", "01000019"],
  // Two digits of length, then the bits, left-aligned.
  ["slice(2) | first-bits(26) | wiegand(26)", "1A808001C0", "00100003"],
  ["wiegand(H10306, both)", "209A42C5C", "0123405678"],
  ["wiegand(H10302)", "10932C05A5", "1234567890"],
  ["wiegand(H10304, facility)", "104D21BBAA", "1234"],
  ["regex(^;(\\d{1,19})=?.*\\?$)", ";12345678=9912?", "12345678"],
  ["regex((?:a|b)[|)]([0-9]+)) | pad(8)", "b)1234", "00001234"],
  ["strip-zeros | pad(10) | prepend(A) | append(Z)", "000123", "A0000000123Z"],
  ["right(6) | left(5)", "66CF4DC2", "CF4DC"],
])("%s makes of %s the number %s", (pipeline, said, number) => {
  expect(numberOf(pipeline, said)).toBe(number);
});

it("tells each step in words, with what it made", () => {
  expect(run("reverse-bytes|hex2dec|pad(12)", "66CF4DC2")).toEqual({
    trail: [
      {
        step: "reverse-bytes",
        says: "puts the last byte (two digits) first",
        text: "C24DCF66",
      },
      {
        step: "hex2dec",
        says: "writes the hexadecimal number in decimal digits",
        text: "3259879270",
      },
      {
        step: "pad(12)",
        says: "puts zeros in front until there are 12 characters",
        text: "003259879270",
      },
    ],
    result: { kind: "number", number: "003259879270" },
  });
});

it("says at which step something is no card, without telling its digits", () => {
  const { trail, result } = run("hex2dec | pad(10)", "66CF-4DC2");
  expect(trail).toHaveLength(1);
  expect(result).toEqual({
    kind: "no-card",
    sentence: "It is no card at the step hex2dec: it needs hexadecimal digits.",
  });
  expect(run("", "RF IDeas>").result).toMatchObject({ kind: "no-card" });
  expect(run("wiegand(26)", "02EC0C87").result).toMatchObject({
    sentence: expect.stringMatching(/parity 2 of 2 of H10301 does not agree/),
  });
});

describe("a mistake in the configuration", () => {
  it.each([
    ["hex2dez", /^Step 1, "hex2dez": there is no step "hex2dez"; these are: hex2dec/],
    ["hex2dec|pad", /^Step 2, "pad": it takes a length/],
    ["hex2dec(8)", /^Step 1, .* takes nothing in parentheses/],
    ["hex2dec||pad(8)", /^Step 2, "": it is no step/],
    ["wiegand(37)", /37 bits are several formats: name one of H10302, H10304/],
    ["wiegand(H10302, facility)", /has no facility code/],
    ["wiegand(99)", /no format that is known here/],
    ["regex(a", /parenthesis/],
    ["regex((a+)\\1)", /"\\1" is not taken/],
    ["javascript:custom.js", /scripts of other products are not run/],
    ["slice(1, 2, 3)", /one or two places/],
    [`${"pad(8)|".repeat(16)}pad(8)`, /more than 16 steps/],
    ["x".repeat(1001), /longer than 1000/],
    ["split(8)", /two to eight/],
    ["prepend(a b)", /letters and digits/],
  ])("%s is a sentence that names the step", (text, words) => {
    const told = readPipeline(text);
    expect(told.kind === "refused" && told.sentence).toMatch(words);
  });
});

it("is written as it was read", () => {
  for (const text of [
    "regex(^;([0-9]+)=) | strip-zeros",
    "slice(2, -1) | dec2hex(8) | split(8, 16)",
    "wiegand(H10304, number) | pad(10, A)",
  ])
    expect(read(text).text).toBe(text);
});

it("neither throws nor hangs nor grows, whatever a reader says", () => {
  const chains = fc
    .array(
      fc.constantFrom(
        "hex2dec",
        "dec2hex",
        "ascii-enc",
        "text2hex",
        "reverse-bytes",
        "reverse-bits",
        "swap-nibbles",
        "first-bits(26)",
        "last-bits(48)",
        "split(8, 16)",
        "slice(1)",
        "slice(-8)",
        "pad(128)",
        "strip-zeros",
        "append(AAAAAAAA)",
        "wiegand(34)",
        "regex((.*)+[0-9]$)",
      ),
      { maxLength: 6 },
    )
    .map((steps) => read(steps.join("|")));
  const said = fc.oneof(
    fc.string({ maxLength: 200, unit: "binary" }),
    fc.stringMatching(/^[0-9A-Fa-f]{0,128}$/),
  );
  fc.assert(
    fc.property(chains, said, (pipeline, text) => {
      const { trail, result } = runPipeline(pipeline, text);
      for (const passed of trail) expect((passed.text ?? "").length).toBeLessThanOrEqual(400);
      if (result.kind === "number") expect(result.number).toMatch(/^[0-9A-Z]{4,64}$/);
    }),
    { seed: 7, numRuns: 400 },
  );
});

it("has a name of its own for every step, and words for it", () => {
  const names = stepKinds.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]);
  expect(new Set(names).size).toBe(names.length);
});

it.each([
  ["slice(4, 12)", "keeps characters 5 to 12"],
  ["slice(2)", "leaves the first 2 characters out"],
  ["slice(1, -1)", "leaves the first character and the last character out"],
  ["slice(0, 8)", "keeps the first 8 characters"],
  ["slice(-8)", "keeps the last 8 characters"],
  ["slice(-8, -2)", "keeps the last 8 characters without the last 2 characters"],
])("says what %s does as people count", (rule, words) => {
  expect(read(rule).steps[0]?.says).toBe(words);
});
