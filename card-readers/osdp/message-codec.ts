/**
 * What the frames of OSDP say: codes, and the data of those that a badge reader needs. Each in both
 * directions, since our simulator is the other side. A decoder gives undefined for data that is not of
 * its form; nothing is guessed.
 */
export const command = {
  poll: 0x60,
  identify: 0x61,
  capabilities: 0x62,
  led: 0x69,
  buzzer: 0x6a,
  keySet: 0x75,
  challenge: 0x76,
  serverCryptogram: 0x77,
} as const;

export const reply = {
  acknowledged: 0x40,
  refused: 0x41,
  identity: 0x45,
  capabilities: 0x46,
  raw: 0x50,
  communication: 0x54,
  clientCryptogram: 0x76,
  firstMac: 0x78,
  busy: 0x79,
} as const;

/** Why a peripheral refused, as its first byte says. */
export const refusal = {
  check: 1,
  length: 2,
  unknownCommand: 3,
  sequence: 4,
  noSecureChannel: 5,
  notSecured: 6,
} as const;

export interface RawCard {
  readonly reader: number;
  /** 0 unspecified, 1 Wiegand with its parity. */
  readonly format: number;
  readonly bits: number;
  /** Left-aligned: the first bit of the card is the highest of the first byte. */
  readonly bytes: Uint8Array;
}

export interface Identity {
  /** As it is assigned by the IEEE, in hex. */
  readonly vendor: string;
  readonly model: number;
  readonly version: number;
  readonly serial: number;
  readonly firmware: string;
}

export interface Capability {
  readonly of: number;
  readonly level: number;
  readonly count: number;
}

/** Those of the capabilities' numbers that matter here. */
export const capabilityOf = { led: 4, buzzer: 5, security: 9 } as const;

const colours = ["off", "red", "green", "amber", "blue", "magenta", "cyan", "white"] as const;
export type Colour = (typeof colours)[number];

export interface Light {
  readonly reader: number;
  readonly led: number;
  /** Shown for a while, blinking between two colours; then what is permanent shows again. */
  readonly on: Colour;
  readonly off: Colour;
  readonly onMs: number;
  readonly offMs: number;
  readonly forMs: number;
}

export interface Beeps {
  readonly reader: number;
  readonly onMs: number;
  readonly offMs: number;
  readonly times: number;
}

const rawHeader = 4;
const ledLength = 14;

export function encodeRaw({ reader, format, bits, bytes }: RawCard): Uint8Array {
  return Uint8Array.from([reader, format, bits & 0xff, bits >> 8, ...bytes]);
}

/** Undefined unless there are just as many bytes as the bits need. What is beyond the last bit is zero. */
export function decodeRaw(data: Uint8Array): RawCard | undefined {
  const [reader, format, low, high] = data;
  if (reader === undefined || format === undefined || low === undefined || high === undefined)
    return undefined;
  const bits = low | (high << 8);
  const bytes = data.slice(rawHeader);
  if (bits === 0 || bytes.length !== Math.ceil(bits / 8)) return undefined;
  const spare = bytes.length * 8 - bits;
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) & (0xff << spare);
  return { reader, format, bits, bytes };
}

/** A light for a while; what shows at other times stays as the reader has it. Units of 100 ms. */
export function encodeLight(light: Light): Uint8Array {
  const { reader, led, on, off, onMs, offMs, forMs } = light;
  const units = tenths(forMs, 0xffff);
  const temporary = [2, tenths(onMs, 0xff), tenths(offMs, 0xff), colourCode(on), colourCode(off)];
  return Uint8Array.from([reader, led, ...temporary, units & 0xff, units >> 8, 0, 0, 0, 0, 0]);
}

export function decodeLight(data: Uint8Array): Light | undefined {
  if (data.length !== ledLength) return undefined;
  const [reader = 0, led = 0, , onUnits = 0, offUnits = 0, on = 0, off = 0, low = 0, high = 0] =
    data;
  const onColour = colours[on];
  const offColour = colours[off];
  if (onColour === undefined || offColour === undefined) return undefined;
  return {
    reader,
    led,
    on: onColour,
    off: offColour,
    onMs: onUnits * 100,
    offMs: offUnits * 100,
    forMs: (low | (high << 8)) * 100,
  };
}

export function encodeBeeps({ reader, onMs, offMs, times }: Beeps): Uint8Array {
  return Uint8Array.from([reader, 2, tenths(onMs, 0xff), tenths(offMs, 0xff), times & 0xff]);
}

export function decodeBeeps(data: Uint8Array): Beeps | undefined {
  const [reader, , on, off, times] = data;
  if (reader === undefined || on === undefined || off === undefined || times === undefined)
    return undefined;
  return { reader, onMs: on * 100, offMs: off * 100, times };
}

export function decodeIdentity(data: Uint8Array): Identity | undefined {
  if (data.length !== 12) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return {
    vendor: hexOf(data.subarray(0, 3)),
    model: view.getUint8(3),
    version: view.getUint8(4),
    serial: view.getUint32(5, true),
    firmware: [...data.subarray(9, 12)].join("."),
  };
}

export function encodeIdentity(identity: Identity): Uint8Array {
  const { vendor, model, version, serial, firmware } = identity;
  const number = Buffer.alloc(4);
  number.writeUInt32LE(serial);
  const parts = firmware.split(".").map(Number);
  return Uint8Array.from([...Buffer.from(vendor, "hex"), model, version, ...number, ...parts]);
}

export function decodeCapabilities(data: Uint8Array): Capability[] | undefined {
  if (data.length === 0 || data.length % 3 !== 0) return undefined;
  return Array.from({ length: data.length / 3 }, (_, index) => {
    const [of = 0, level = 0, count = 0] = data.subarray(index * 3);
    return { of, level, count };
  });
}

export function encodeCapabilities(capabilities: readonly Capability[]): Uint8Array {
  return Uint8Array.from(capabilities.flatMap(({ of, level, count }) => [of, level, count]));
}

/** The data of the command that gives a peripheral its key: kind 1, and sixteen bytes. */
export const encodeKeySet = (key: Uint8Array): Uint8Array =>
  Uint8Array.from([1, key.length, ...key]);

export function decodeKeySet(data: Uint8Array): Uint8Array | undefined {
  return data.length === 18 && data[0] === 1 && data[1] === 16 ? data.slice(2) : undefined;
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();
const tenths = (ms: number, most: number) => Math.min(most, Math.max(0, Math.round(ms / 100)));
const colourCode = (colour: Colour) => colours.indexOf(colour);
