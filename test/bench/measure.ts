/** One figure of the benchmark, and what it is held against. */
export type Measure = {
  /** What was measured, in a few words. */
  what: string;
  value: number;
  unit: string;
  /** The same figure of a program that we did not write, in the same run. */
  peer?: { name: string; value: number };
  /** `ratio` goals are against the peer. A figure without a goal is only told. */
  goal?: { of: "value" | "ratio"; atLeast: number } | { of: "value" | "ratio"; atMost: number };
  /** Spread, conditions: whatever the figure alone would hide. */
  note?: string;
};

/** A part of the benchmark, which can be run alone by the name of its file. */
export type Part = {
  title: string;
  /** Throws only when something broke; a missed goal is a figure like any other. */
  run: () => Promise<Measure[]>;
};

/** Thrown by a part that cannot be run here, with what is missing. */
export class LeftOut extends Error {}

export function ratioOf({ value, peer }: Measure): number | undefined {
  return peer === undefined || peer.value === 0 ? undefined : value / peer.value;
}

/** Whether the goal was met; undefined where there is none, or nothing to hold it against. */
export function isMet(measure: Measure): boolean | undefined {
  const { goal } = measure;
  if (goal === undefined) return undefined;
  const figure = goal.of === "value" ? measure.value : ratioOf(measure);
  if (figure === undefined) return undefined;
  return "atLeast" in goal ? figure >= goal.atLeast : figure <= goal.atMost;
}
