import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PrintedSide } from "../printer/printed-side.ts";
import { durableTray } from "./durable-tray.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-tray-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = () => join(folder, "paper.jsonl");

function sideOf(page: number, colour: PrintedSide["colour"] = "grey"): PrintedSide {
  const job = { job: 1, jobUuid: "u", jobName: "Grüße 📄", user: "alice", pages: 9, copy: 1 };
  const rest = { size: "A4", at: "2026-01-05T09:00:00.000Z", impression: page };
  return { ...job, ...rest, page, sheet: page, side: "front", colour };
}

test("paper, counter and identity are there again after the program has ended", () => {
  const tray = durableTray(folder, "first-uuid");
  tray.put([sideOf(1), sideOf(2, "colour")]);
  tray.put([sideOf(3)]);
  tray.close();
  const again = durableTray(folder, "second-uuid");
  expect(again.sides()).toEqual([sideOf(1), sideOf(2, "colour"), sideOf(3)]);
  expect(again.counter()).toEqual({ colour: 1, grey: 2, sheets: 3 });
  expect(again.uuid).toBe("first-uuid");
  again.close();
});

test("taking the paper leaves the counter, and makes the file short again", () => {
  const tray = durableTray(folder, "uuid");
  for (let page = 1; page <= 50; page += 1) tray.put([sideOf(page)]);
  const long = statSync(record()).size;
  tray.empty();
  expect(statSync(record()).size).toBeLessThan(long / 10);
  tray.put([sideOf(51)]);
  tray.close();
  const again = durableTray(folder, "uuid");
  expect(again.sides().map(({ page }) => page)).toEqual([51]);
  expect(again.counter().grey).toBe(51);
  again.close();
});

test("a line that was cut anywhere by a crash is cut off, and the next one is whole", () => {
  const tray = durableTray(folder, "uuid");
  tray.put([sideOf(1)]);
  const whole = readFileSync(record()).length;
  tray.put([sideOf(2)]);
  tray.close();
  const bytes = readFileSync(record());
  for (let length = whole; length < bytes.length; length += 11) {
    writeFileSync(record(), bytes.subarray(0, length));
    const cut = durableTray(folder, "uuid");
    expect(cut.sides()).toEqual([sideOf(1)]);
    expect(cut.counter().grey).toBe(1);
    cut.put([sideOf(2)]);
    cut.close();
    const again = durableTray(folder, "uuid");
    expect(again.sides()).toEqual([sideOf(1), sideOf(2)]);
    again.close();
  }
});

test("a record that is damaged in the middle is not guessed at", () => {
  durableTray(folder, "uuid").close();
  appendFileSync(record(), "{oops}\n");
  expect(() => durableTray(folder, "uuid")).toThrow(/paper\.jsonl/);
});
