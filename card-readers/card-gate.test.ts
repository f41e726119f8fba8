import { expect, it } from "vitest";
import { admitCard, newGate, noteKnown } from "./card-gate.ts";

it("reads a badge that is held to the reader once", () => {
  const first = admitCard(newGate, { text: "AAAA", at: 0 });
  expect(first.admitted).toBe(true);
  let gate = first.gate;
  for (let at = 500; at <= 5_000; at += 500) {
    const again = admitCard(gate, { text: "AAAA", at });
    expect(again.admitted).toBe(false);
    gate = again.gate;
  }
  expect(admitCard(gate, { text: "AAAA", at: 7_000 }).admitted).toBe(true);
});

it("reads one card a second at most", () => {
  const { gate } = admitCard(newGate, { text: "AAAA", at: 0 });
  expect(admitCard(gate, { text: "BBBB", at: 999 }).admitted).toBe(false);
  expect(admitCard(gate, { text: "BBBB", at: 1_000 }).admitted).toBe(true);
});

it("slows whoever tries number after number, until somebody is known", () => {
  let gate = newGate;
  let at = 0;
  let admitted = 0;
  for (; at < 3_600_000; at += 1_000) {
    const tried = admitCard(gate, { text: String(at), at });
    gate = tried.admitted ? noteKnown(tried.gate, false) : tried.gate;
    if (tried.admitted) admitted += 1;
  }
  expect(admitted).toBeLessThan(150);
  const known = noteKnown(admitCard(gate, { text: "AAAA", at: at + 60_000 }).gate, true);
  const next = admitCard(known, { text: "BBBB", at: at + 120_000 });
  expect(admitCard(next.gate, { text: "CCCC", at: at + 121_000 }).admitted).toBe(true);
});
