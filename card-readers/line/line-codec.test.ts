import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Decoded,
  emptyLine,
  flushAt,
  flushIdle,
  idleFlushMs,
  type LineState,
  longestLine,
  pushBytes,
  unfinishedMs,
} from "./line-codec.ts";

/** Reads pieces that come 10 ms apart. */
function read(...pieces: (string | Uint8Array)[]): { lines: string[]; state: LineState } {
  let state = emptyLine;
  const lines: string[] = [];
  pieces.forEach((piece, index) => {
    const bytes = typeof piece === "string" ? Buffer.from(piece, "latin1") : piece;
    const decoded = pushBytes(state, bytes, index * 10);
    state = decoded.state;
    lines.push(...decoded.lines.map(({ text }) => text));
  });
  return { lines, state };
}

describe("lines of a reader", () => {
  it.each([
    ["CR", "66CF4DC2\r"],
    ["LF", "66CF4DC2\n"],
    ["CRLF", "66CF4DC2\r\n"],
    ["STX and ETX around it", "\x0266CF4DC2\x03\r\n"],
    ["ETX alone", "\x0266CF4DC2\x03"],
    ["NUL bytes between", "\x0066CF\x004DC2\r"],
  ])("end with %s", (_name, text) => {
    expect(read(text).lines).toEqual(["66CF4DC2"]);
  });

  it("are the same however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[0-9A-F]{4,20}$/), { maxLength: 5 }),
        fc.constantFrom("\r", "\n", "\r\n"),
        fc.array(fc.nat(), { maxLength: 8 }),
        (cards, end, cuts) => {
          const text = cards.map((card) => card + end).join("");
          const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort(
            (a, b) => a - b,
          );
          const pieces = [0, ...places].map((from, index) => text.slice(from, places[index]));
          expect(read(...pieces).lines).toEqual(cards);
        },
      ),
      { seed: 7778, numRuns: 500 },
    );
  });

  it("are not banners, prompts or blank lines", () => {
    expect(read("TWN4/B1.08/NCF3.05/PRS1.04\r\n\r\n\n  \r04D7A79A973780\r").lines).toEqual([
      "04D7A79A973780",
    ]);
  });

  it("are given up when they are too long, and the next one is read", () => {
    const { lines } = read("A".repeat(longestLine + 1), "BBBB\r", "CCCC\r");
    expect(lines).toEqual(["CCCC"]);
  });

  it("are given up when they hold anything but ASCII text", () => {
    expect(read("12\xff34\r5678\r").lines).toEqual(["5678"]);
  });

  it("never throw or grow, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (pieces) => {
        const { lines, state } = read(...pieces);
        expect(state.buffer.length).toBeLessThanOrEqual(longestLine);
        for (const line of lines) expect(line).toMatch(/^[ -~]{1,128}$/);
      }),
      { seed: 7778, numRuns: 500 },
    );
  });
});

/** The texts of what was read. */
const texts = ({ lines }: Decoded) => lines.map(({ text }) => text);

describe("silence", () => {
  const bytes = Buffer.from("66CF4DC2");

  /** A tap and the silence after it; the state goes on to the next. */
  function taps(...cards: string[]) {
    let state = emptyLine;
    return cards.map((card, index) => {
      const at = 10_000 * (index + 1);
      state = pushBytes(state, Buffer.from(card), at).state;
      const flushed = flushIdle(state, at + idleFlushMs);
      state = flushed.state;
      return flushed.doubtful ? "doubtful" : flushed.lines.map(({ text }) => text).join();
    });
  }

  it("ends a line of a reader that ends none otherwise, once its first card came twice", () => {
    const { state } = pushBytes(emptyLine, bytes, 1000);
    expect(flushAt(state)).toBe(1000 + idleFlushMs);
    expect(texts(flushIdle(state, 1000 + idleFlushMs - 1))).toEqual([]);
    expect(flushIdle(state, 1000 + idleFlushMs)).toMatchObject({ lines: [], doubtful: true });
    expect(taps("66CF4DC2", "66CF4DC2", "946EBD28", "1A2B3C4D")).toEqual([
      "doubtful",
      "66CF4DC2",
      "946EBD28",
      "1A2B3C4D",
    ]);
  });

  it("is asked for twice after a text that is shorter than the longest card, or longer", () => {
    expect(taps("66CF4DC2", "66CF4DC2", "946EBD", "946EBD28", "04A1B2C3D4E5F6")).toEqual([
      "doubtful",
      "66CF4DC2",
      "doubtful",
      "doubtful",
      "doubtful",
    ]);
    const both = taps("04A1B2C3D4E5F6", "04A1B2C3D4E5F6", "66CF4DC2", "66CF4DC2", "66CF4DC2");
    expect(both).toEqual(["doubtful", "04A1B2C3D4E5F6", "doubtful", "66CF4DC2", "doubtful"]);
  });

  it("in the middle of a number takes neither part of it, and the whole where its end comes", () => {
    const half = pushBytes(emptyLine, Buffer.from("66CF"), 0).state;
    const doubted = flushIdle(half, 250).state;
    expect(flushAt(doubted)).toBeUndefined();
    expect(texts(pushBytes(doubted, Buffer.from("4DC2\r"), 400))).toEqual(["66CF4DC2"]);
    const rest = pushBytes(doubted, Buffer.from("4DC2"), 400).state;
    expect(flushIdle(rest, 700)).toMatchObject({ lines: [], doubtful: true });
    // However late, the rest of it is no card, and the next one is.
    const late = pushBytes(doubted, Buffer.from("4DC2\r946EBD28\r"), 60_000);
    expect(late).toMatchObject({ lines: [{ text: "946EBD28" }], doubtful: true });
  });

  it("ends nothing that was begun with STX", () => {
    const { state } = pushBytes(emptyLine, Buffer.from("\x020F0184F0"), 0);
    expect(flushAt(state)).toBeUndefined();
    expect(texts(pushBytes(state, Buffer.from("\x0266CF4DC2\x03"), 100))).toEqual(["66CF4DC2"]);
  });

  it("ends nothing of a reader that ends its lines: half a number is no card", () => {
    const first = pushBytes(emptyLine, Buffer.from("AAAA\r"), 0).state;
    const half = pushBytes(first, Buffer.from("66CF"), 1000).state;
    expect(flushAt(half)).toBeUndefined();
    expect(texts(flushIdle(half, 5000))).toEqual([]);
    // A late packet still belongs to it; after two seconds it is given up, and its rest is no card.
    expect(texts(pushBytes(half, Buffer.from("4DC2\r"), 1900))).toEqual(["66CF4DC2"]);
    const late = 1000 + unfinishedMs + 1;
    const given = pushBytes(half, Buffer.from("4DC2\r"), late);
    expect(given).toMatchObject({ lines: [], doubtful: true });
    expect(texts(pushBytes(given.state, Buffer.from("4DC2\r"), late + 9))).toEqual(["4DC2"]);
  });
});
