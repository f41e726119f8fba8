import fc from "fast-check";
import { expect, test } from "vitest";
import {
  alone,
  amongPeople,
  flushKeys,
  flushKeysAt,
  type KeyStroke,
  longestText,
  mayBeCard,
  noKeys,
  pushKey,
  type WedgeSettings,
} from "./codec.ts";
import { readInputEvents } from "./input-events.ts";
import { keyFor, keyOfLinux, linuxOf } from "./key-codes.ts";

/** The strokes by which a reader types a text, one every `everyMs`. */
function strokesOf(text: string, everyMs = 4, from = 1_000): KeyStroke[] {
  const strokes: KeyStroke[] = [];
  let at = from;
  for (const character of text) {
    const found = character === "\n" ? { key: "Enter", shift: false } : keyFor(character);
    if (found === undefined) throw new Error(`No key types ${character}.`);
    if (found.shift) strokes.push({ key: "ShiftLeft", down: true, at });
    strokes.push({ key: found.key, down: true, at }, { key: found.key, down: false, at: at + 1 });
    if (found.shift) strokes.push({ key: "ShiftLeft", down: false, at: at + 1 });
    at += everyMs;
  }
  return strokes;
}

function readAll(strokes: readonly KeyStroke[], settings: WedgeSettings): string[] {
  const reads: string[] = [];
  let state = noKeys;
  for (const stroke of strokes) {
    const step = pushKey(state, stroke, settings);
    state = step.state;
    if (step.read !== undefined) reads.push(step.read);
  }
  const due = flushKeysAt(state, settings);
  const last = due === undefined ? undefined : flushKeys(state, due, settings).read;
  return last === undefined ? reads : [...reads, last];
}

test("a burst that ends with Enter is a card, with capitals by Shift", () => {
  expect(readAll(strokesOf("66CF4DC2\n"), amongPeople)).toEqual(["66CF4DC2"]);
  expect(readAll(strokesOf("66cf4dc2\n"), amongPeople)).toEqual(["66cf4dc2"]);
});

test("keys are taken by their place, so that the machine's layout does not matter", () => {
  // On a French machine these keys would type "à&éà(": the reader meant digits.
  const digits = ["Digit0", "Digit1", "Digit2", "Digit0", "Digit5", "KeyA", "Enter"];
  const strokes = digits.map((key, index) => ({ key, down: true, at: index * 3 }));
  expect(readAll(strokes, amongPeople)).toEqual(["01205a"]);
});

test("the number pad types digits, too, and its Enter ends a card", () => {
  const keys = ["Numpad1", "Numpad6", "Numpad0", "Numpad3", "Numpad1", "Numpad8", "NumpadEnter"];
  const strokes = keys.map((key, index) => ({ key, down: true, at: index * 3 }));
  expect(readAll(strokes, amongPeople)).toEqual(["160318"]);
});

test("a burst may end with Tab as well, and other limits are those of the page's common readers", () => {
  const tab = strokesOf("66CF4DC2").concat({ key: "Tab", down: true, at: 1_040 });
  expect(readAll(tab, amongPeople)).toEqual(["66CF4DC2"]);
  expect(amongPeople).toMatchObject({ prefix: "", suffix: "enter-or-tab", gapMs: 50, shortest: 6 });
  const silent: WedgeSettings = { ...amongPeople, suffix: "none" };
  const begun = strokesOf("66CF4DC2").reduce((at, it) => pushKey(at, it, silent).state, noKeys);
  expect(flushKeysAt(begun, silent)).toBe(begun.lastAt + 100);
});

test("typing is no card, however long it is", () => {
  expect(readAll(strokesOf("66CF4DC2\n", 90), amongPeople)).toEqual([]);
  expect(readAll(strokesOf("12\n", 10), amongPeople)).toEqual([]);
});

test("a burst after typing is a card without what was typed", () => {
  const typed = strokesOf("hello", 120);
  expect(readAll([...typed, ...strokesOf("66CF4DC2\n", 4, 9_000)], amongPeople)).toEqual([
    "66CF4DC2",
  ]);
});

test("where a prefix is set, nothing without it is a card", () => {
  const settings = { ...amongPeople, prefix: "%B" };
  expect(readAll(strokesOf("66CF4DC2\n"), settings)).toEqual([]);
  expect(readAll(strokesOf("%B66CF4DC2\n"), settings)).toEqual(["66CF4DC2"]);
});

test("a reader without a suffix ends its number by silence", () => {
  const settings: WedgeSettings = { ...amongPeople, suffix: "none" };
  expect(readAll(strokesOf("66CF4DC2"), settings)).toEqual(["66CF4DC2"]);
  expect(readAll(strokesOf("66CF4DC2"), amongPeople)).toEqual([]);
  const begun = strokesOf("66CF").reduce((at, it) => pushKey(at, it, settings).state, noKeys);
  expect(flushKeys(begun, begun.lastAt + 20, settings).read).toBeUndefined();
});

test("a burst that was cut off does not join the next one", () => {
  const cut = strokesOf("66CF4");
  expect(readAll([...cut, ...strokesOf("946EBD28\n", 4, 3_000)], alone)).toEqual(["946EBD28"]);
});

test("a key that no number has spoils its burst, and only that one", () => {
  const strokes = strokesOf("66CF4DC2\n");
  const spoilt = [
    ...strokes.slice(0, 6),
    { key: "F5", down: true, at: 1_008 },
    ...strokes.slice(6),
  ];
  expect(readAll(spoilt, amongPeople)).toEqual([]);
  expect(readAll([...spoilt, ...strokesOf("946EBD28\n", 4, 1_100)], amongPeople)).toEqual([
    "946EBD28",
  ]);
});

test("a text that is too long is no card, and takes no memory", () => {
  const endless = `${"7".repeat(longestText * 4)}\n`;
  expect(readAll(strokesOf(endless), alone)).toEqual([]);
  const state = strokesOf("7".repeat(10_000)).reduce(
    (at, it) => pushKey(at, it, alone).state,
    noKeys,
  );
  expect(state.text.length).toBeLessThanOrEqual(longestText);
});

test("a page knows from the fewest characters on that a card may be under way", () => {
  const after = (text: string, settings: WedgeSettings) =>
    mayBeCard(
      strokesOf(text).reduce((at, it) => pushKey(at, it, settings).state, noKeys),
      settings,
    );
  expect(after("66CF4", amongPeople)).toBe(false);
  expect(after("66CF4D", amongPeople)).toBe(true);
  expect(after("%", { ...amongPeople, prefix: "%" })).toBe(true);
});

test("any text of a US keyboard comes through key codes of Linux as it was", () => {
  const characters = fc.constantFrom(
    ..."0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-=[]\\;',./`!@#$%^&*()_+{}|:\"<>?~ ",
  );
  fc.assert(
    fc.property(fc.array(characters, { minLength: 4, maxLength: longestText }), (letters) => {
      const strokes = strokesOf(`${letters.join("")}\n`).map((stroke) => {
        const code = linuxOf(stroke.key);
        return { ...stroke, key: keyOfLinux(code ?? -1) };
      });
      expect(readAll(strokes, alone)).toEqual([letters.join("")]);
    }),
  );
});

test("no keys at all, in any order and at any time, hang or grow", () => {
  const stroke = fc.record({
    key: fc.oneof(
      fc.constantFrom("Enter", "Tab", "ShiftLeft", "Digit1", "KeyA", "F1"),
      fc.string(),
    ),
    down: fc.boolean(),
    at: fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
  });
  const runs = process.env.GUICHET_SOAK === "1" ? 10_000 : 300;
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 300 }), (strokes) => {
      let state = noKeys;
      for (const it of strokes) {
        const step = pushKey(state, it, alone);
        state = step.state;
        if (step.read !== undefined) expect(step.read.length).toBeGreaterThanOrEqual(4);
        expect(state.text.length).toBeLessThanOrEqual(longestText);
        expect(state.shifts.size).toBeLessThanOrEqual(2);
      }
    }),
    { numRuns: runs, seed: 4 },
  );
});

/** As the kernel writes it: EV_KEY, KEY_6 (7), down. */
function inputEvent(seconds: number, micros: number, type: number, code: number, value: number) {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64LE(BigInt(seconds), 0);
  bytes.writeBigInt64LE(BigInt(micros), 8);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(value, 20);
  return bytes;
}

test("records of the kernel become strokes, however they are cut into pieces", () => {
  const bytes = Buffer.concat([
    inputEvent(1_700_000_000, 250_000, 1, 7, 1),
    inputEvent(1_700_000_000, 250_000, 0, 0, 0),
    inputEvent(1_700_000_000, 254_000, 1, 7, 0),
    inputEvent(1_700_000_000, 300_000, 1, 7, 2),
  ]);
  const expected = [
    { key: "Digit6", down: true, at: 1_700_000_000_250 },
    { key: "Digit6", down: false, at: 1_700_000_000_254 },
  ];
  for (const cut of [0, 1, 23, 24, 40, 71, 95]) {
    const first = readInputEvents(bytes.subarray(0, cut));
    const second = readInputEvents(Buffer.concat([first.rest, bytes.subarray(cut)]));
    expect([...first.strokes, ...second.strokes]).toEqual(expected);
    expect(second.rest).toHaveLength(0);
  }
});

test("what the kernel lost spoils the number that was under way", () => {
  const { strokes } = readInputEvents(inputEvent(1, 0, 0, 3, 0));
  const begun = strokesOf("66CF", 4, 980).reduce((at, it) => pushKey(at, it, alone).state, noKeys);
  const after = strokes.reduce((at, it) => pushKey(at, it, alone).state, begun);
  expect(mayBeCard(after, alone)).toBe(false);
});
