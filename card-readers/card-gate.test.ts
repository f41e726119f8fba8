import { expect, it } from "vitest";
import { admitCard, type CardGate, newGate, noteCard } from "./card-gate.ts";

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

it("reads the next person's badge at once, but no burst of numbers", () => {
  const { gate } = admitCard(newGate, { text: "AAAA", at: 0 });
  expect(admitCard(gate, { text: "BBBB", at: 249 }).admitted).toBe(false);
  expect(admitCard(gate, { text: "BBBB", at: 250 }).admitted).toBe(true);
});

it("counts what is still looked up as unknown, and forgets what nobody could decide", () => {
  const admittedOf = (each: (gate: CardGate) => CardGate) => {
    let gate = newGate;
    let admitted = 0;
    for (let at = 0; at < 60_000; at += 250) {
      const tried = admitCard(gate, { text: String(at), at });
      gate = tried.admitted ? each(tried.gate) : tried.gate;
      if (tried.admitted) admitted += 1;
    }
    return admitted;
  };
  expect(admittedOf((gate) => gate)).toBeLessThan(20);
  expect(admittedOf((gate) => noteCard(gate, "undecided"))).toBe(240);
});

it("slows whoever tries number after number, until somebody is known", () => {
  let gate = newGate;
  let at = 0;
  let admitted = 0;
  for (; at < 3_600_000; at += 1_000) {
    const tried = admitCard(gate, { text: String(at), at });
    gate = tried.admitted ? noteCard(tried.gate, "unknown") : tried.gate;
    if (tried.admitted) admitted += 1;
  }
  expect(admitted).toBeLessThan(150);
  const known = noteCard(admitCard(gate, { text: "AAAA", at: at + 60_000 }).gate, "known");
  const next = admitCard(known, { text: "BBBB", at: at + 120_000 });
  expect(admitCard(next.gate, { text: "CCCC", at: at + 121_000 }).admitted).toBe(true);
});
