import { expect, it } from "vitest";
import { troubleOf } from "./device-problems.ts";

const problems = (...reasons: string[]) => troubleOf({ state: "processing", reasons }).problems;

it.each([
  ["media-jam-error", ["paper-jam"]],
  ["media-empty-error", ["out-of-paper"]],
  ["door-open-error", ["door-open"]],
  ["cover-open", ["door-open"]],
  ["toner-empty-error", ["out-of-toner"]],
  ["output-area-full-error", ["output-full"]],
  ["paused", ["paused"]],
  ["fuser-melted-error", ["needs-attention"]],
  ["toner-low-warning", []],
  ["media-empty-warning", []],
  ["media-low-report", []],
  ["media-jam-report", []],
  ["none", []],
  ["something-new", []],
])("%s blocks by %j", (reason, wanted) => {
  expect(problems(reason)).toEqual(wanted);
});

it("does not believe that a jam or an open door is a warning", () => {
  expect(problems("media-jam-warning", "cover-open-warning")).toEqual(["paper-jam", "door-open"]);
});

it("tells the worst first, each once", () => {
  expect(problems("media-empty-error", "door-open-error", "cover-open-error", "media-jam")).toEqual(
    ["paper-jam", "door-open", "out-of-paper"],
  );
});

it("keeps a warning as a suspicion, and as the reason of a device that is stopped", () => {
  const reasons = ["media-empty-warning"];
  expect(troubleOf({ state: "processing", reasons })).toEqual({
    problems: [],
    suspicions: ["out-of-paper"],
  });
  expect(troubleOf({ state: "stopped", reasons }).problems).toEqual(["out-of-paper"]);
  expect(troubleOf({ state: "stopped", reasons: [] }).problems).toEqual(["needs-attention"]);
});
