import process from "node:process";
import { expect, it } from "vitest";
import { foundTag, yes } from "../simulator/readers/elatec-answers.ts";
import { lineForms, stripe } from "../simulator/readers/line-forms.ts";
import { lastCard } from "../simulator/readers/rfideas-ascii.ts";
import { virtualCard } from "../simulator/readers/virtual-reader.ts";
import { dice } from "./dice.fixture.ts";
import { readAnswer, readFoundTag } from "./elatec-simple/answers.ts";
import {
  encodeFrame,
  longestMessage,
  noFrame,
  pushFrameBytes,
} from "./elatec-simple/frame-codec.ts";
import { emptyLine, flushIdle, longestLine, pushBytes } from "./line/line-codec.ts";
import { readCard } from "./line/read-card.ts";
import * as pcprox from "./pcprox/codec.ts";
import { longestAnswer, noAscii, pushAscii } from "./rfideas-ascii/ascii-codec.ts";
import { alone, flushKeys, flushKeysAt, longestText, noKeys, pushKey } from "./wedge/codec.ts";
import { inputEventLength, readInputEvents } from "./wedge/input-events.ts";

const soak = process.env.GUICHET_SOAK === "1";
const count = soak ? 1_000_000 : 10_000;
const options = { timeout: soak ? 900_000 : 30_000 };

const card = virtualCard("66CF4DC2");
const latin1 = (text: string) => Buffer.from(text, "latin1");

/** A frame that something happened to on its way: bits, bytes that were lost, doubled or made up. */
function damage(frame: Uint8Array, roll: (sides: number) => number): Uint8Array {
  const bytes = [...frame];
  for (let times = 1 + roll(4); times > 0; times -= 1) {
    const at = roll(bytes.length + 1);
    switch (roll(6)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
        break;
      case 1:
        bytes.splice(at, 1 + roll(4));
        break;
      case 2:
        bytes.splice(at, 0, ...Array.from({ length: 1 + roll(8) }, () => roll(256)));
        break;
      case 3:
        bytes.length = Math.min(bytes.length, at);
        break;
      case 4:
        bytes.push(...bytes.slice(at));
        break;
      default:
        // A line that stands at one level for a while.
        bytes.splice(at, 0, ...new Array<number>(roll(400)).fill(roll(2) * 0xff));
    }
  }
  return Uint8Array.from(bytes);
}

/** Damages so many frames and feeds them in pieces of any size. */
function feed(frames: readonly Uint8Array[], seed: number, take: (piece: Uint8Array) => void) {
  const roll = dice(seed);
  for (let left = count; left > 0; left -= 1) {
    const bytes = damage(frames[roll(frames.length)] ?? new Uint8Array(0), roll);
    const cut = roll(bytes.length + 1);
    take(bytes.subarray(0, cut));
    take(bytes.subarray(cut));
  }
}

for (const [index, framing] of [
  { digits: true, crc: false },
  { digits: true, crc: true },
  { digits: false, crc: false },
  { digits: false, crc: true },
].entries())
  it(`damaged frames of Simple Protocol are outlived: ${JSON.stringify(framing)}`, options, () => {
    const frames = [yes(foundTag({ ...card, type: 0x80 })), yes(foundTag(undefined)), yes()].map(
      (message) => encodeFrame(message, framing),
    );
    let state = noFrame;
    let most = 0;
    feed(frames, 400 + index, (piece) => {
      const pushed = pushFrameBytes(state, piece, framing);
      // The driver begins anew with each question.
      state = pushed.state.lost ? noFrame : pushed.state;
      most = Math.max(most, state.held.length);
      for (const message of pushed.messages) {
        const answer = readAnswer(message);
        if (answer?.kind !== "done") continue;
        const tag = readFoundTag(answer.payload);
        if (tag === undefined || tag === "none") continue;
        if (tag.id.length * 8 < tag.bits || tag.bits === 0) throw new Error("bits of nothing");
      }
    });
    expect(most).toBeLessThanOrEqual((longestMessage + 2) * 2 + 2);
    // What comes whole is understood again, after a frame that is given up at most.
    const whole = encodeFrame(yes(foundTag({ ...card, type: 0x80 })), framing);
    const after = pushFrameBytes(noFrame, whole, framing);
    expect(after.messages.length).toBe(1);
  });

it("damaged lines of readers are outlived", options, () => {
  const frames = [
    ...Object.values(lineForms).map((form) => form(card)),
    stripe("0012345678"),
    stripe("4111111111111111"),
    "]Q1A1B2C3D4\r\n",
    "TWN4/B1.08/NCF3.05\r",
  ].map(latin1);
  let state = emptyLine;
  let at = 0;
  let most = 0;
  feed(frames, 78, (piece) => {
    at += 7;
    const pushed = pushBytes(state, piece, at);
    const flushed = flushIdle(pushed.state, at + 250);
    state = pushed.state;
    most = Math.max(most, state.buffer.length);
    for (const line of [...pushed.lines, ...flushed.lines])
      for (const countsBits of [false, true]) {
        const read = readCard(line, { medium: "rfid", countsBits });
        if (read.kind === "card" && read.card.text.length > longestLine)
          throw new Error("a card longer than any line");
      }
  });
  expect(most).toBeLessThanOrEqual(longestLine);
  const after = pushBytes(state, latin1("\r66CF4DC2\r"), at);
  expect(after.lines.at(-1)?.text).toBe("66CF4DC2");
});

it("damaged answers of the ASCII protocol are outlived", options, () => {
  const last = { card, at: 0 };
  const frames = [
    `\r\n${lastCard(last, 480)}\r\n`,
    `\r\n${lastCard(undefined)}\r\nRF IDeas>`,
    "{3}\r\n",
    "Error#2\r\n",
  ].map(latin1);
  let state = noAscii;
  let most = 0;
  feed(frames, 241, (piece) => {
    const pushed = pushAscii(state, piece);
    state = pushed.state;
    most = Math.max(most, state.buffer.length);
    for (const answer of pushed.answers)
      if (answer.kind === "card" && answer.card.bytes.length !== Math.ceil(answer.card.bits / 8))
        throw new Error("bits of nothing");
  });
  expect(most).toBeLessThanOrEqual(longestAnswer + 1);
  const after = pushAscii(state, latin1(`\r\n${lastCard(last, 0)}\r\n`));
  expect(after.answers).toMatchObject([{ kind: "card", card: { number: "66CF4DC2" } }]);
});

it("damaged reports of a pcProx are outlived", options, () => {
  const [number, bits] = [
    Uint8Array.of(0x43, 0x06, 0x76, 0, 0, 0, 0, 0),
    new Uint8Array(8).fill(26, 0, 1),
  ];
  let before: Uint8Array = number;
  feed([number, bits, new Uint8Array(8)], 0x3bfa, (piece) => {
    const read = pcprox.readCard(before, piece);
    pcprox.readInfo(piece);
    pcprox.lightOf(pcprox.withLight(pcprox.withKeystrokes(piece, false), "green"));
    before = piece;
    if (read === undefined) return;
    const length = Math.ceil((read.bits ?? 0) / 8);
    if (read.bytes.length !== length || length < 1 || length > 8)
      throw new Error("bits of nothing");
  });
  expect(pcprox.readCard(number, bits)).toMatchObject({ bits: 26, text: "00760643" });
});

it("damaged events of a keyboard are outlived", options, () => {
  // KEY_6, KEY_C, KEY_ENTER and a left shift, each down and up (linux/input-event-codes.h).
  const frames = [7, 46, 28, 42].flatMap((code) => [1, 0].map((value) => keyEvent(code, value)));
  let state = noKeys;
  let rest = new Uint8Array(0);
  let most = 0;
  feed(frames, 0x0410, (piece) => {
    const told = readInputEvents(Buffer.concat([rest, piece]));
    rest = new Uint8Array(told.rest);
    most = Math.max(most, rest.length);
    for (const stroke of told.strokes) {
      const step = pushKey(state, stroke, alone);
      const due = flushKeysAt(step.state, alone);
      const flushed = due === undefined ? step : flushKeys(step.state, due, alone);
      state = step.state;
      const longest = Math.max(state.text.length, (flushed.read ?? "").length);
      if (longest > longestText || state.shifts.size > 2) throw new Error("a card without an end");
    }
  });
  expect(most).toBeLessThan(inputEventLength);
});

/** `struct input_event` of a key on a 64-bit machine. */
function keyEvent(code: number, value: number): Uint8Array {
  const event = Buffer.alloc(inputEventLength);
  event.writeUInt16LE(1, 16);
  event.writeUInt16LE(code, 18);
  event.writeInt32LE(value, 20);
  return event;
}
