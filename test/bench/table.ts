import { isMet, type Measure, ratioOf } from "./measure.ts";

/** A part's figures as lines of a table with aligned columns. */
export function tableOf(measures: Measure[]): string {
  const head = ["", "figure", "beside", "ratio", "goal", ""];
  const rows = [
    head,
    ...measures.map((measure) => {
      const { what, value, unit, peer } = measure;
      const ratio = ratioOf(measure);
      return [
        what,
        `${shortNumber(value)} ${unit}`,
        peer === undefined ? "" : `${peer.name} ${shortNumber(peer.value)}`,
        ratio === undefined ? "" : `${ratio.toFixed(2)} ×`,
        goalOf(measure),
        verdictOf(measure),
      ];
    }),
  ];
  const widths = head.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "));
  const notes = measures.flatMap(({ what, note }) =>
    note === undefined ? [] : [`${what}: ${note}`],
  );
  return [...lines, ...notes].map((line) => `  ${line.trimEnd()}`).join("\n");
}

/** Three digits that mean something, without an exponent. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}

function goalOf({ goal, unit }: Measure): string {
  if (goal === undefined) return "";
  const of = goal.of === "ratio" ? "×" : unit;
  return "atLeast" in goal ? `≥ ${goal.atLeast} ${of}` : `≤ ${goal.atMost} ${of}`;
}

function verdictOf(measure: Measure): string {
  const met = isMet(measure);
  if (met === undefined) return "";
  return met ? "met" : "MISSED";
}
