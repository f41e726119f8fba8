/** Chance that a seed replays: the same seed and the same calls give the same numbers, everywhere. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number of `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** Whether something that happens with this probability happens now. */
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** A wait whose length is mostly near `usual` and now and then very much longer. Milliseconds. */
  wait(usual: number, longest: number): number;
  /** The 36 characters of a UUID. */
  uuid(): string;
  /** Chance of its own for one part of the world, so that one more call there changes no other. */
  fork(): Random;
}

/** Chance from a seed, a whole number. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;

  /** 32 bits: a counter that steps by an odd number, stirred until its order is gone. */
  function bits(): number {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  const next = () => bits() / 2 ** 32;
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const hex = () => bits().toString(16).padStart(8, "0");
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)] ?? list[0],
    wait(usual, longest) {
      const rare = next() < 0.04;
      return rare ? between(usual, longest) : Math.round(usual * (0.3 + 1.4 * next()));
    },
    uuid() {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()];
      return [a, b.slice(0, 4), `4${b.slice(5)}`, `8${c.slice(1, 4)}`, c.slice(4) + d].join("-");
    },
    fork: () => randomOf(bits()),
  };
}
