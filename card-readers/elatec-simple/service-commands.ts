import type { TagTypeMask } from "./commands.ts";
import { bytes, counted, u16 } from "./message-bytes.ts";

/** A setting of the reader by its number, as its maker's header lists them. */
export interface Parameter {
  readonly type: number;
  readonly value: Uint8Array;
}

/** HID iCLASS: the card's own number is told if nothing is set, and its access bits (PAC) with this. */
export const iclassTellsPac: Parameter = { type: 0x07, value: bytes(0x01) };

/**
 * What a technician, or whoever writes another driver, asks of the reader itself (DocRev 17; the serial
 * number is of newer firmware). The command that starts the boot loader is left out on purpose: a reader
 * that got it reads no card until somebody programs it anew.
 */
export const serviceCommands = {
  /** It begins anew, and nobody should wait for an answer. */
  reset: bytes(0x00, 0x01),
  usbType: bytes(0x00, 0x05),
  deviceType: bytes(0x00, 0x06),
  /** They last until it is switched off. */
  setParameters,
  lastError: bytes(0x00, 0x0a),
  productSerial: bytes(0x00, 0x0d, 0xff),
  tagTypes: bytes(0x05, 0x03),
  supportedTagTypes: bytes(0x05, 0x04),
  /** Driven both ways, without a resistor. */
  pinsOutput: (pins: number) => bytes(0x04, 0x00, pins, 0x00, 0x00),
  pinsToggle: (pins: number) => bytes(0x04, 0x04, pins),
  pinsBlink: (pins: number, beat: Beat) => bytes(0x04, 0x05, pins, ...beatOf(beat)),
  lightsToggle: (lights: number) => bytes(0x04, 0x13, lights),
  lightsBlink: (lights: number, beat: Beat) => bytes(0x04, 0x14, lights, ...beatOf(beat)),
  /** The small light on the board. */
  boardLightOn: bytes(0x04, 0x08),
  boardLightOff: bytes(0x04, 0x09),
  boardLightToggle: bytes(0x04, 0x0a),
  boardLightIsOn: bytes(0x04, 0x0b),
} as const;

export interface Beat {
  readonly onMs: number;
  readonly offMs: number;
}

/** Which kinds of chip are looked for, of the answer to `tagTypes` or `supportedTagTypes`. */
export function readTagTypeMask(payload: Uint8Array): TagTypeMask | undefined {
  if (payload.length < 8) return undefined;
  const words = Buffer.from(payload);
  return { lf: words.readUInt32LE(0), hf: words.readUInt32LE(4) };
}

/** What it is plugged in as. Other numbers are known to nobody here. */
const usbTypes = new Map([
  [0, "none"],
  [1, "serial"],
  [4, "keyboard"],
]);

const deviceTypes = new Map([
  [10, "TWN4 LEGIC NFC"],
  [11, "TWN4 MIFARE NFC"],
  [12, "TWN4 LEGIC 63"],
]);

export function readUsbType(payload: Uint8Array): string | undefined {
  return named(payload, usbTypes);
}

export function readDeviceType(payload: Uint8Array): string | undefined {
  return named(payload, deviceTypes);
}

function named([code]: Uint8Array, names: ReadonlyMap<number, string>): string | undefined {
  return code === undefined ? undefined : (names.get(code) ?? `number ${code}`);
}

function setParameters(parameters: readonly Parameter[]): Uint8Array {
  const list = parameters.flatMap(({ type, value }) => [type, ...counted(value)]);
  return bytes(0x00, 0x09, ...counted(bytes(...list, 0x00)));
}

function beatOf({ onMs, offMs }: Beat): number[] {
  return [...u16(onMs), ...u16(offMs)];
}
