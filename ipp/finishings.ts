/** Names that PWG 5100.1 §6.1 gives to values of `finishings`, in runs of the values they begin at. */
const runs: readonly (readonly [first: number, names: readonly string[]])[] = [
  [3, ["none", "staple", "punch", "cover", "bind", "saddle-stitch", "edge-stitch", "fold", "trim"]],
  [12, ["bale", "booklet-maker", "jog-offset", "coat", "laminate"]],
  [20, ["staple-top-left", "staple-bottom-left", "staple-top-right", "staple-bottom-right"]],
  [24, sides("edge-stitch")],
  [28, sides("staple-dual")],
  [32, sides("staple-triple")],
  [50, sides("bind")],
  [60, ["trim-after-pages", "trim-after-documents", "trim-after-copies", "trim-after-job"]],
  [70, ["punch-top-left", "punch-bottom-left", "punch-top-right", "punch-bottom-right"]],
  [74, sides("punch-dual")],
  [78, sides("punch-triple")],
  [82, sides("punch-quad")],
  [86, sides("punch-multiple")],
  [90, ["fold-accordion", "fold-double-gate", "fold-gate", "fold-half", "fold-half-z"]],
  [95, ["fold-left-gate", "fold-letter", "fold-parallel", "fold-poster", "fold-right-gate"]],
  [100, ["fold-z", "fold-engineering-z"]],
];

const nameOf = new Map(
  runs.flatMap(([first, names]) =>
    names.map((name, index): [number, string] => [first + index, name]),
  ),
);
const numberOf = new Map([...nameOf].map(([value, name]) => [name, value]));

function sides(what: string): readonly string[] {
  return ["left", "top", "right", "bottom"].map((side) => `${what}-${side}`);
}

/** The `finishing-template` of a value of `finishings`; undefined for one that is not registered. */
export function finishingName(value: number): string | undefined {
  return nameOf.get(value);
}

/** The value of `finishings` that a `finishing-template` names. */
export function finishingValue(name: string): number | undefined {
  return numberOf.get(name);
}
