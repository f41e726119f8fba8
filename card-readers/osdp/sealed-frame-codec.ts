import {
  encodeFrame,
  type Frame,
  frameHead,
  type Habit,
  hasMac,
  type Received,
} from "./frame-codec.ts";
import {
  afterMac,
  type Channel,
  type Direction,
  decryptData,
  encryptData,
  isSame,
  macOf,
} from "./secure-codec.ts";

/** What a frame says, apart from how it is secured. */
export type Message = Pick<Frame, "address" | "reply" | "sequence" | "code" | "data">;

const onTheLine = 4;
/** Without and with encrypted data, in each direction. */
const blockTypes = { command: [0x15, 0x17], reply: [0x16, 0x18] } as const;

/** A message within a channel: data is encrypted where there is any, and all of it is proved. */
export function sealFrame(
  channel: Channel,
  message: Message,
  habit: Habit,
): { readonly bytes: Uint8Array; readonly channel: Channel } {
  const direction: Direction = message.reply ? "reply" : "command";
  const [bare, encrypted] = blockTypes[direction];
  const isBare = message.data.length === 0;
  const type = isBare ? bare : encrypted;
  const data = isBare ? message.data : encryptData(channel, direction, message.data);
  const frame = { ...message, data, security: { type, data: new Uint8Array(0) } };
  const mac = macOf(channel, direction, frameHead(frame, habit));
  return {
    bytes: encodeFrame({ ...frame, mac: mac.subarray(0, onTheLine) }, habit),
    channel: afterMac(channel, direction, mac),
  };
}

/** Undefined for a frame that is of no peer with these keys, or not of this moment. */
export function openFrame(
  channel: Channel,
  { frame, macOver }: Received,
): { readonly data: Uint8Array; readonly channel: Channel } | undefined {
  const direction: Direction = frame.reply ? "reply" : "command";
  const [bare, encrypted] = blockTypes[direction];
  const type = frame.security?.type ?? 0;
  if (!hasMac(type) || frame.mac === undefined) return undefined;
  if (type !== bare && type !== encrypted) return undefined;
  const mac = macOf(channel, direction, macOver);
  if (!isSame(mac.subarray(0, onTheLine), frame.mac)) return undefined;
  const data = type === bare ? frame.data : decryptData(channel, direction, frame.data);
  return data === undefined ? undefined : { data, channel: afterMac(channel, direction, mac) };
}
