import { checksumOf, crcOf } from "./check-characters.ts";

/**
 * Frames of OSDP (IEC 60839-11-5), as they stand on the RS485 line:
 *
 *   [FF] 53 address length(2) control [security block] code data… [MAC(4)] check(1 or 2)
 *
 * The length counts from 53 to the end. Pure, and bounded: what cannot become a frame is thrown away
 * byte by byte, so that a true frame behind it is found.
 */
export interface Frame {
  /** 0 to 126; 127 is everybody. */
  readonly address: number;
  /** From the peripheral to the control panel. */
  readonly reply: boolean;
  /** 0 begins anew; then 1, 2, 3, 1, … */
  readonly sequence: number;
  readonly security?: SecurityBlock;
  readonly code: number;
  readonly data: Uint8Array;
  /** Of secured frames only: what the peer proves its key with. */
  readonly mac?: Uint8Array;
}

export interface SecurityBlock {
  /** SCS_11 to SCS_14 while the channel is made, SCS_15 to SCS_18 within it. */
  readonly type: number;
  readonly data: Uint8Array;
}

/** How a sender writes: the mark before each frame is optional, and so is the CRC. */
export interface Habit {
  readonly mark: boolean;
  readonly crc: boolean;
}

/** A frame that came whole, with the bytes that its MAC is made of. */
export interface Received {
  readonly frame: Frame;
  readonly macOver: Uint8Array;
  readonly habit: Habit;
}

/** Bytes of a frame that has only begun. */
export interface FrameState {
  readonly pending: Uint8Array;
}

export interface Decoded {
  readonly state: FrameState;
  readonly received: readonly Received[];
  /** Bytes that were thrown away: none on a quiet line but the marks. */
  readonly lost: number;
}

/** More than any reply to what we ask; a longer one is noise in the length. */
export const longestFrame = 256;
const markByte = 0xff;
const start = 0x53;
const headerLength = 5;
const macLength = 4;
const replyBit = 0x80;
const sequenceBits = 0x03;
const crcBit = 0x04;
const securityBit = 0x08;

export const noBytes: FrameState = { pending: new Uint8Array(0) };

/** Whether frames with this security block end with a MAC. */
export const hasMac = (type: number): boolean => type >= 0x15 && type <= 0x18;

/** All of a frame before its MAC and check, with the length that it will have. */
export function frameHead(frame: Frame, { crc }: Pick<Habit, "crc">): Uint8Array {
  const { address, reply, sequence, security, code, data } = frame;
  const block =
    security === undefined ? [] : [security.data.length + 2, security.type, ...security.data];
  const tail = (security !== undefined && hasMac(security.type) ? macLength : 0) + (crc ? 2 : 1);
  const length = headerLength + block.length + 1 + data.length + tail;
  if (length > longestFrame)
    throw new Error(`A frame of ${length} bytes is longer than any of ours.`);
  const control =
    (sequence & sequenceBits) | (crc ? crcBit : 0) | (security === undefined ? 0 : securityBit);
  const to = (address & 0x7f) | (reply ? replyBit : 0);
  return Uint8Array.from([start, to, length & 0xff, length >> 8, control, ...block, code, ...data]);
}

/** A frame as it goes on the line. One with a MAC in its security block needs its `mac`. */
export function encodeFrame(frame: Frame, habit: Habit): Uint8Array {
  const { security, mac } = frame;
  const needsMac = security !== undefined && hasMac(security.type);
  if (needsMac !== (mac !== undefined) || (mac !== undefined && mac.length !== macLength))
    throw new Error("A secured frame has a MAC of four bytes, and no other has one.");
  const body = Uint8Array.from([...frameHead(frame, habit), ...(mac ?? [])]);
  const check = habit.crc ? crcOf(body) : checksumOf(body);
  const end = habit.crc ? [check & 0xff, check >> 8] : [check];
  return Uint8Array.from([...(habit.mark ? [markByte] : []), ...body, ...end]);
}

/** Takes bytes from the line, in whatever pieces they come. */
export function pushBytes(before: FrameState, bytes: Uint8Array): Decoded {
  const all = new Uint8Array(before.pending.length + bytes.length);
  all.set(before.pending);
  all.set(bytes, before.pending.length);
  const received: Received[] = [];
  let at = 0;
  let lost = 0;
  let marked = false;
  while (at < all.length) {
    const found = readFrame(all.subarray(at, at + longestFrame), marked);
    if (found === "unfinished") break;
    marked = all[at] === markByte;
    if (found === "none") {
      at += 1;
      if (!marked) lost += 1;
    } else {
      received.push(found.received);
      at += found.length;
      marked = false;
    }
  }
  // The mark before an unfinished frame stays with it.
  const from = marked ? at - 1 : at;
  return { state: { pending: all.slice(from) }, received, lost };
}

type Found = "none" | "unfinished" | { readonly received: Received; readonly length: number };

/** What begins with the first of these bytes. */
function readFrame(bytes: Uint8Array, marked: boolean): Found {
  if (bytes[0] !== start) return "none";
  if (bytes.length < headerLength) return "unfinished";
  const [, to = 0, low = 0, high = 0, control = 0] = bytes;
  const length = low | (high << 8);
  const crc = (control & crcBit) !== 0;
  const checkLength = crc ? 2 : 1;
  if (length < headerLength + 1 + checkLength || length > longestFrame) return "none";
  if (bytes.length < length) return "unfinished";
  const body = bytes.subarray(0, length - checkLength);
  const check = crc
    ? (bytes[length - 2] ?? 0) | ((bytes[length - 1] ?? 0) << 8)
    : (bytes[length - 1] ?? 0);
  if (check !== (crc ? crcOf(body) : checksumOf(body))) return "none";
  const parts = readBody(body, (control & securityBit) !== 0);
  if (parts === undefined) return "none";
  const { macOver, ...rest } = parts;
  const frame = {
    address: to & 0x7f,
    reply: (to & replyBit) !== 0,
    sequence: control & sequenceBits,
    ...rest,
  };
  return { received: { frame, macOver, habit: { mark: marked, crc } }, length };
}

type Body = Pick<Frame, "security" | "code" | "data" | "mac"> & { readonly macOver: Uint8Array };

function readBody(body: Uint8Array, secured: boolean): Body | undefined {
  const blockLength = secured ? (body[headerLength] ?? 0) : 0;
  if (secured && blockLength < 2) return undefined;
  const type = secured ? (body[headerLength + 1] ?? 0) : 0;
  const codeAt = headerLength + blockLength;
  const end = body.length - (hasMac(type) ? macLength : 0);
  const code = body[codeAt];
  if (code === undefined || codeAt >= end) return undefined;
  const blockData = body.slice(headerLength + 2, codeAt);
  return {
    ...(secured ? { security: { type, data: blockData } } : {}),
    code,
    data: body.slice(codeAt + 1, end),
    ...(hasMac(type) ? { mac: body.slice(end) } : {}),
    macOver: body.slice(0, end),
  };
}
