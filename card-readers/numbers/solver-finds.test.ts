import process from "node:process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readPipeline } from "./pipeline.ts";
import { probesLike } from "./probes.ts";
import { numberOf, solve } from "./solver.ts";

const soak = process.env.GUICHET_SOAK === "1";

const hexDigit = fc.constantFrom(..."0123456789ABCDEF");
const uidOf = (bytes: number) =>
  fc.string({ unit: hexDigit, minLength: bytes * 2, maxLength: bytes * 2 });

/** A card reader of a site: how long what it says is, and the site's rule for it. */
const site = fc.constantFrom(4, 5, 7, 8, 10).chain((bytes) => {
  const part = fc
    .tuple(fc.nat({ max: bytes - 3 }), fc.integer({ min: 2, max: bytes }))
    .map(([from, length]) => {
      const to = Math.min(from + length, bytes);
      if (from === 0 && to === bytes) return [];
      return to === bytes ? [`slice(${from * 2})`] : [`slice(${from * 2}, ${to * 2})`];
    });
  const order = fc.constantFrom([], [], ["reverse-bytes"], ["reverse-bits"], ["swap-nibbles"]);
  const decimal = fc.constantFrom(["hex2dec"], ["hex2dec"], ["hex2dec", "pad(20)"], []);
  const constant = fc.constantFrom([], [], ["prepend(0042)"], ["append(7)"], ["prepend(K)"]);
  return fc.record({
    rule: fc.tuple(part, order, decimal, constant).map((steps) => steps.flat().join(" | ")),
    cards: fc.uniqueArray(uidOf(bytes), { minLength: 5, maxLength: 5 }),
  });
});

it(
  "finds what it made itself: parts from anywhere, turned round, in decimal, with constants",
  () => {
    fc.assert(
      fc.property(site, ({ rule, cards }) => {
        const read = readPipeline(rule);
        if (read.kind === "refused") throw new Error(read.sentence);
        const pairs = cards.map((said) => ({ said, number: numberOf(read.pipeline, said) ?? "" }));
        fc.pre(pairs.every(({ number }) => number !== ""));
        // Zeros that no card has are in nobody's pairs.
        const front = /prepend\((\w+)\)/.exec(rule)?.[1] ?? "";
        fc.pre(!rule.includes("pad") || pairs.some(({ number }) => number.startsWith(`${front}0`)));
        fc.pre(new Set(pairs.map(({ number }) => number)).size === pairs.length);
        const solved = solve(pairs);
        if (solved.kind === "refused") throw new Error(`${rule}: ${solved.sentence}`);
        const probes = probesLike(cards).filter(
          (one) => numberOf(read.pipeline, one) !== undefined,
        );
        // Not always the first: five cards may fit another rule, too.
        const isThere = solved.proposals.some(({ pipeline }) =>
          probes.every((one) => numberOf(pipeline, one) === numberOf(read.pipeline, one)),
        );
        expect(isThere, rule).toBe(true);
      }),
      { numRuns: soak ? 1_000 : 15, seed: 4_2026 },
    );
  },
  soak ? 1_800_000 : 120_000,
);
