import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";

/**
 * The cryptography of OSDP's Secure Channel (AES-128; IEC 60839-11-5, annex D). Pure: random numbers are
 * given. Both sides' numbers make the session's keys; each message is proved with a MAC that the one
 * before it, in the other direction, goes into.
 */
export interface SessionKeys {
  readonly encryption: Uint8Array;
  readonly mac1: Uint8Array;
  readonly mac2: Uint8Array;
}

/** A channel that was made. `commandMac` and `replyMac` are the last of each direction, whole. */
export interface Channel {
  readonly keys: SessionKeys;
  readonly commandMac: Uint8Array;
  readonly replyMac: Uint8Array;
}

export type Direction = "command" | "reply";

export const keyLength = 16;
export const randomLength = 8;
const block = 16;
const padMark = 0x80;

/** SCBK-D, which every OSDP reader is delivered with: whoever reads the standard has it. */
export const publicDefaultKey: Uint8Array = Uint8Array.from(
  { length: keyLength },
  (_, i) => 0x30 + i,
);

/** Keys of one byte repeated, or counted up or down, are as public as the default one: lists of them exist. */
export function isGuessableKey(key: Uint8Array): boolean {
  const steps = new Set<number>();
  for (let index = 1; index < key.length; index += 1)
    steps.add(((key[index] ?? 0) - (key[index - 1] ?? 0)) & 0xff);
  return steps.size <= 1;
}

/** `controlRandom` is the control panel's eight bytes; six of them go into each key. */
export function sessionKeys(baseKey: Uint8Array, controlRandom: Uint8Array): SessionKeys {
  const derive = (...label: number[]) => {
    const seed = new Uint8Array(block);
    seed.set([...label, ...controlRandom.subarray(0, 6)]);
    return ecb(baseKey, seed);
  };
  return { encryption: derive(0x01, 0x82), mac1: derive(0x01, 0x01), mac2: derive(0x01, 0x02) };
}

export interface Randoms {
  readonly control: Uint8Array;
  readonly peripheral: Uint8Array;
}

/** What the peripheral proves its key with. */
export const clientCryptogram = (keys: SessionKeys, { control, peripheral }: Randoms): Uint8Array =>
  ecb(keys.encryption, Uint8Array.from([...control, ...peripheral]));

/** What the control panel proves its key with. */
export const serverCryptogram = (keys: SessionKeys, { control, peripheral }: Randoms): Uint8Array =>
  ecb(keys.encryption, Uint8Array.from([...peripheral, ...control]));

/** The MAC that the first command goes on from. */
export const firstReplyMac = (keys: SessionKeys, cryptogram: Uint8Array): Uint8Array =>
  ecb(keys.mac2, ecb(keys.mac1, cryptogram));

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/**
 * The whole MAC of a frame's bytes; four bytes of it go on the line. All blocks but the last are chained
 * under one key, the last under the other.
 */
export function macOf(channel: Channel, direction: Direction, over: Uint8Array): Uint8Array {
  const { keys } = channel;
  const padded = over.length % block === 0 ? over : pad(over);
  const cut = padded.length - block;
  let before = direction === "command" ? channel.replyMac : channel.commandMac;
  if (cut > 0) before = cbc(keys.mac1, before, padded.subarray(0, cut)).slice(-block);
  return cbc(keys.mac2, before, padded.subarray(cut));
}

/** The channel after a message of this direction. */
export const afterMac = (channel: Channel, direction: Direction, mac: Uint8Array): Channel =>
  direction === "command" ? { ...channel, commandMac: mac } : { ...channel, replyMac: mac };

/** Data as it stands in a frame of SCS_17 or SCS_18. */
export const encryptData = (channel: Channel, direction: Direction, data: Uint8Array): Uint8Array =>
  cbc(channel.keys.encryption, vectorOf(channel, direction), pad(data));

/** Undefined for what no peer with these keys can have written. */
export function decryptData(
  channel: Channel,
  direction: Direction,
  data: Uint8Array,
): Uint8Array | undefined {
  if (data.length % block !== 0) return undefined;
  if (data.length === 0) return data;
  const decipher = createDecipheriv(
    "aes-128-cbc",
    channel.keys.encryption,
    vectorOf(channel, direction),
  );
  decipher.setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(data), decipher.final()]);
  let end = plain.length - 1;
  while (end > 0 && plain[end] === 0) end -= 1;
  return plain[end] === padMark ? Uint8Array.from(plain.subarray(0, end)) : undefined;
}

/** The other direction's last MAC, inverted. */
function vectorOf(channel: Channel, direction: Direction): Uint8Array {
  const mac = direction === "command" ? channel.replyMac : channel.commandMac;
  return mac.map((byte) => ~byte & 0xff);
}

function pad(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(data.length + block - (data.length % block));
  padded.set(data);
  padded[data.length] = padMark;
  return padded;
}

function ecb(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-128-ecb", key, null);
  cipher.setAutoPadding(false);
  return Uint8Array.from(Buffer.concat([cipher.update(data), cipher.final()]));
}

function cbc(key: Uint8Array, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-128-cbc", key, vector);
  cipher.setAutoPadding(false);
  return Uint8Array.from(Buffer.concat([cipher.update(data), cipher.final()]));
}
