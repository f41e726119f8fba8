import type { Plan } from "./device-room.ts";

/** A small generator (mulberry32), so that a failing seed can be run again. */
export function seeded(seed: number): { plan(): Omit<Plan, "index"> } {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(of: readonly T[]): T => of[between(0, of.length - 1)] as T;
  return {
    plan() {
      const pages = between(1, 6);
      const colours = Array.from({ length: pages }, () => pick(["grey", "grey", "red"] as const));
      const page = between(1, 3);
      return {
        colours,
        copies: pick([1, 1, 1, 2, 3]),
        twoSided: next() < 0.4,
        ranges: next() < 0.15 && pages > 2 ? [[2, pages - 1]] : undefined,
        trouble: pick([
          undefined,
          undefined,
          undefined,
          { kind: "jam" as const, page },
          { kind: "power-cut" as const, page },
          { kind: "cancel" as const },
        ]),
      };
    },
  };
}
