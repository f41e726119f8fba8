import { crc16 } from "./crc16.ts";

/**
 * How messages of the Simple Protocol are put on the wire, in either direction (DocRev 17, p. 10):
 *
 *   ASCII    two hex digits a byte, ended by CR        0005␍      with CRC  000515A7␍
 *   binary   length in two bytes, lowest first         02 00 00 05          04 00 00 05 15 A7
 *
 * The CRC's lowest byte comes first; a binary length counts it. Which of the four a reader uses is built
 * into it. Pure, and bounded: what is longer than any message is damage.
 */
export interface Framing {
  readonly digits: boolean;
  readonly crc: boolean;
}

export interface FrameState {
  readonly held: Uint8Array;
  /** Something was wrong; up to the next end of a frame nothing counts. */
  readonly lost: boolean;
}

export interface Frames {
  readonly state: FrameState;
  readonly messages: readonly Uint8Array[];
  /** Frames that were none: wrong digits, wrong check, wrong length. */
  readonly damaged: number;
}

export const noFrame: FrameState = { held: new Uint8Array(0), lost: false };

/** An answer has at most a count of two bytes and what it counts; no reader sends as much as this. */
export const longestMessage = 512;

const cr = 0x0d;
const lf = 0x0a;
const lengthBytes = 2;

/** The bytes of one message. */
export function encodeFrame(message: Uint8Array, framing: Framing): Uint8Array {
  const crc = crc16(message);
  const whole = framing.crc ? Uint8Array.of(...message, crc & 0xff, crc >> 8) : message;
  if (!framing.digits) return Uint8Array.of(whole.length & 0xff, whole.length >> 8, ...whole);
  return Buffer.from(`${Buffer.from(whole).toString("hex").toUpperCase()}\r`, "latin1");
}

/** Takes bytes as they come, in pieces of any size. */
export function pushFrameBytes(before: FrameState, bytes: Uint8Array, framing: Framing): Frames {
  return framing.digits ? pushDigits(before, bytes, framing) : pushBinary(before, bytes, framing);
}

function pushDigits(before: FrameState, bytes: Uint8Array, framing: Framing): Frames {
  const messages: Uint8Array[] = [];
  let damaged = 0;
  let { held, lost } = before;
  let start = 0;
  const grow = (end: number) => {
    const more = bytes.subarray(start, end).filter((byte) => byte !== lf);
    if (held.length + more.length > (longestMessage + lengthBytes) * 2) {
      lost = true;
      held = noFrame.held;
    } else if (!lost && more.length > 0) held = Buffer.concat([held, more]);
  };
  for (let end = bytes.indexOf(cr); end >= 0; end = bytes.indexOf(cr, start)) {
    grow(end);
    const message = lost ? undefined : messageOf(fromDigits(held), framing);
    // A CR alone ends nothing.
    if (message !== undefined) messages.push(message);
    else if (lost || held.length > 0) damaged += 1;
    held = noFrame.held;
    lost = false;
    start = end + 1;
  }
  grow(bytes.length);
  return { state: { held, lost }, messages, damaged };
}

function pushBinary(before: FrameState, bytes: Uint8Array, framing: Framing): Frames {
  const messages: Uint8Array[] = [];
  let damaged = 0;
  // Out of step nothing tells where a frame begins: the next question starts anew.
  if (before.lost) return { state: before, messages, damaged };
  let held: Uint8Array = Buffer.concat([before.held, bytes]);
  while (held.length >= lengthBytes) {
    const length = (held[0] ?? 0) | ((held[1] ?? 0) << 8);
    if (length > longestMessage + lengthBytes)
      return { state: { held: noFrame.held, lost: true }, messages, damaged: damaged + 1 };
    if (held.length < lengthBytes + length) break;
    const message = messageOf(held.subarray(lengthBytes, lengthBytes + length), framing);
    if (message === undefined) damaged += 1;
    else messages.push(message);
    held = held.subarray(lengthBytes + length);
  }
  // Not the whole piece that a few bytes were left of.
  return { state: { held: Uint8Array.from(held), lost: false }, messages, damaged };
}

/** What is left of a frame without its check, if that is right. */
function messageOf(whole: Uint8Array | undefined, { crc }: Framing): Uint8Array | undefined {
  if (whole === undefined || whole.length === 0) return undefined;
  if (!crc) return Uint8Array.from(whole);
  const length = whole.length - 2;
  if (length < 1) return undefined;
  const message = Uint8Array.from(whole.subarray(0, length));
  const told = (whole[length] ?? 0) | ((whole[length + 1] ?? 0) << 8);
  return crc16(message) === told ? message : undefined;
}

function fromDigits(digits: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(digits).toString("latin1");
  return /^(?:[0-9A-F]{2})+$/i.test(text) ? Buffer.from(text, "hex") : undefined;
}
