import process from "node:process";
import { expect, it } from "vitest";
import {
  answerFrame,
  holdCard,
  newPeripheral,
} from "../../simulator/readers/osdp/peripheral-machine.ts";
import { nextTickAt, stepPanel } from "./control-panel-machine.ts";
import { encodeFrame, type FrameState, longestFrame, noBytes, pushBytes } from "./frame-codec.ts";
import { newPanel } from "./panel-state.ts";

const count = process.env.GUICHET_SOAK === "1" ? 1_000_000 : 20_000;
const longestMs = process.env.GUICHET_SOAK === "1" ? 600_000 : 25_000;
const key = Uint8Array.from(Buffer.from("8f1d2c3b4a59687706f5e4d3c2b1a0ff", "hex"));
const card = { reader: 0, format: 1, bits: 26, bytes: Uint8Array.of(0xde, 0xad, 0xbe, 0x80) };

/** Numbers from 0 to below `n`, the same in each run. */
function dice(seed: number): (n: number) => number {
  let x = seed;
  return (n) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % n;
  };
}

function damage(whole: Uint8Array, roll: (n: number) => number): Uint8Array {
  const bytes = [...whole];
  const times = 1 + roll(4);
  for (let i = 0; i < times; i += 1) {
    const at = roll(bytes.length + 1);
    switch (roll(5)) {
      case 0:
        bytes[Math.min(at, bytes.length - 1)] = roll(256);
        break;
      case 1:
        bytes.splice(at, 1 + roll(4));
        break;
      case 2:
        bytes.splice(at, 0, 0xff, 0x53, roll(256));
        break;
      case 3:
        bytes.length = at;
        break;
      default:
        bytes.push(...bytes.slice(at));
    }
    if (bytes.length === 0) bytes.push(0x53);
  }
  return Uint8Array.from(bytes);
}

it("damaged frames are thrown away, whatever they are", { timeout: longestMs }, () => {
  const roll = dice(0x05d9);
  const whole = [
    encodeFrame(
      { address: 0, reply: true, sequence: 1, code: 0x50, data: Uint8Array.of(0, 1, 8, 0, 7) },
      { mark: true, crc: true },
    ),
    encodeFrame(
      {
        address: 0,
        reply: true,
        sequence: 2,
        code: 0x50,
        data: new Uint8Array(32),
        security: { type: 0x18, data: new Uint8Array(0) },
        mac: new Uint8Array(4),
      },
      { mark: false, crc: true },
    ),
    encodeFrame(
      { address: 0, reply: true, sequence: 3, code: 0x45, data: new Uint8Array(200) },
      { mark: false, crc: false },
    ),
  ];
  let state: FrameState = noBytes;
  let frames = 0;
  for (let i = 0; i < count; i += 1) {
    const decoded = pushBytes(state, damage(whole[roll(whole.length)] ?? noBytes.pending, roll));
    state = decoded.state;
    frames += decoded.received.length;
    if (state.pending.length > longestFrame) throw new Error("It kept more than a frame.");
  }
  // Some came behind the damage, whole; and after all of it a true one is read.
  expect(frames).toBeLessThan(count);
  const [first = noBytes.pending] = whole;
  const quiet = new Uint8Array(longestFrame);
  expect(pushBytes(pushBytes(state, quiet).state, first).received).toHaveLength(1);
});

it("no damaged answer within a channel becomes a card", { timeout: longestMs }, () => {
  const roll = dice(0x2026);
  let now = 0;
  let counter = 0;
  const random = () => new Uint8Array(8).fill(++counter & 0xff);
  let panel = newPanel({ address: 0, trust: { kind: "key", key }, now });
  let reader = newPeripheral({ address: 0, key, installing: false, simple: false });
  let damaged = 0;
  let cards = 0;
  const deliver = (bytes: Uint8Array, isDamaged: boolean) => {
    for (const received of pushBytes(noBytes, bytes).received) {
      const step = stepPanel(panel, { kind: "received", received }, { now, random: random() });
      panel = step.state;
      if (isDamaged) cards += step.effects.filter(({ kind }) => kind === "card").length;
    }
  };
  while (damaged < count / 20) {
    now = Math.max(now, nextTickAt(panel));
    const { state, effects } = stepPanel(panel, { kind: "tick" }, { now, random: random() });
    panel = state;
    const [sent] = effects.flatMap((effect) => (effect.kind === "send" ? [effect.bytes] : []));
    for (const received of sent ? pushBytes(noBytes, sent).received : []) {
      const answered = answerFrame(holdCard(reader, card), received, random());
      reader = answered.state;
      const [reply] = answered.effects.flatMap((it) => (it.kind === "send" ? [it.bytes] : []));
      if (reply === undefined) continue;
      if (panel.phase.kind === "online" && roll(2) === 0) {
        damaged += 1;
        const bytes = damage(reply, roll);
        // What comes before or behind a whole answer does not damage it; nor does a lost mark.
        const isWhole = Buffer.from(bytes).includes(Buffer.from(reply.subarray(1)));
        deliver(bytes, !isWhole);
      } else deliver(reply, false);
    }
  }
  expect(cards).toBe(0);
});
