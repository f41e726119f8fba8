import { cardOfValue } from "../card-bits.ts";
import type { CardRead } from "../reader.ts";

/**
 * What an RF IDeas pcProx says in HID feature reports: eight bytes each way, without a report id. A
 * report that is sent chooses what the next one that is fetched tells.
 */
export const reportLength = 8;

/** First bytes of reports that are sent. */
export const codes = {
  page0: 0x80,
  page2: 0x82,
  info: 0x8a,
  /** How many bits the number has; told of the card that `card` was asked for before, never first. */
  bits: 0x8e,
  card: 0x8f,
  /** Ends a change of pages. Its second byte would keep them for ever; 0 is until the power goes. */
  finish: 0x90,
} as const;

/** A report that asks for something, or chooses a page. */
export function request(code: number): Uint8Array {
  const report = new Uint8Array(reportLength);
  report[0] = code;
  return report;
}

/** What the reader is. */
export interface PcproxInfo {
  readonly firmware: string;
  readonly type: number;
}

/** Reads the answer to `info`; undefined when this is none. */
export function readInfo(report: Uint8Array): PcproxInfo | undefined {
  if (report.length !== reportLength || isNothing(report)) return undefined;
  const [minorAndRelease = 0, major = 0] = [report[2], report[3]];
  return {
    firmware: `${major}.${minorAndRelease >> 4}.${minorAndRelease & 0x0f}`,
    type: (report[5] ?? 0) | ((report[6] ?? 0) << 8),
  };
}

/** Whether a report is all zeros: the reader has nothing to tell. */
export const isNothing = (report: Uint8Array): boolean => report.every((byte) => byte === 0);

/**
 * Puts a card together of the answers to `card` and to `bits`. Undefined when there is none, or when the
 * two do not fit together: one of them tells of another card, which the next question will find.
 */
export function readCard(card: Uint8Array, bits: Uint8Array): CardRead | undefined {
  const count = bits[0] ?? 0;
  if (card.length !== reportLength || bits.length !== reportLength) return undefined;
  if (isNothing(card) || count < 1 || count > reportLength * 8) return undefined;
  const number = Buffer.from(card).readBigUInt64LE();
  if (number >> BigInt(count) !== 0n) return undefined;
  return { ...cardOfValue(number, count), bits: count, medium: "rfid" };
}

const haltKeystrokes = 0x80;

/** Page 0 with or without keystrokes; as long as they are off, the reader is no keyboard. */
export function withKeystrokes(page0: Uint8Array, on: boolean): Uint8Array {
  const flags = page0[7] ?? 0;
  return withByte(page0, 7, on ? flags & ~haltKeystrokes : flags | haltKeystrokes);
}

export const hasKeystrokes = (page0: Uint8Array): boolean =>
  ((page0[7] ?? 0) & haltKeystrokes) === 0;

export type Light = "red" | "green" | "amber" | "off";

const lights: Record<Light, number> = { off: 0, red: 0x01, green: 0x02, amber: 0x03 };
const allLights = 0x03;
const lightsAreOurs = 0x02;

/** Page 2 with this light on, which the reader then no longer changes by itself. */
export function withLight(page2: Uint8Array, light: Light): Uint8Array {
  const lit = withByte(page2, 0, ((page2[0] ?? 0) & ~allLights) | lights[light]);
  return withByte(lit, 1, (page2[1] ?? 0) | lightsAreOurs);
}

/** The light of page 2, or undefined when the reader does with it as it likes. */
export function lightOf(page2: Uint8Array): Light | undefined {
  if (((page2[1] ?? 0) & lightsAreOurs) === 0) return undefined;
  const lit = (page2[0] ?? 0) & allLights;
  return (["off", "red", "green", "amber"] as const)[lit];
}

function withByte(report: Uint8Array, index: number, byte: number): Uint8Array {
  const changed = Uint8Array.from(report);
  changed[index] = byte;
  return changed;
}
