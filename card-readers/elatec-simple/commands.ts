import { bytes, u16, u32 } from "./message-bytes.ts";

/**
 * The messages to a reader that its driver needs (DocRev 17; the commands for lights of newer firmware
 * are described by its users only, so that a refusal of them is nothing unusual). The first byte is the
 * part of the reader, the second what it shall do; numbers have their lowest byte first.
 */
export const commands = {
  sysTicks: bytes(0x00, 0x03),
  versionString: bytes(0x00, 0x04, 0xff),
  deviceUid: bytes(0x00, 0x08),
  /** At most 16 bytes of a number. */
  searchTag: bytes(0x05, 0x00, 0x10),
  fieldOff: bytes(0x05, 0x01),
  /** Which kinds of chip are looked for, a bit each: low and high frequency. */
  setTagTypes: ({ lf, hf }: TagTypeMask) => bytes(0x05, 0x02, ...u32(lf), ...u32(hf)),
  /** Sounds, and answers only when it is silent again. Percent, hertz, milliseconds. */
  beep: ({ volume, hertz, onMs, offMs }: Beep) =>
    bytes(0x04, 0x07, volume, ...u16(hertz), ...u16(onMs), ...u16(offMs)),
  lightsInit: bytes(0x04, 0x10, 0x07),
  lightsOn: (lights: number) => bytes(0x04, 0x11, lights),
  lightsOff: (lights: number) => bytes(0x04, 0x12, lights),
  /** The same by the pins that the lights are at: outputs, pushed and pulled, without resistor. */
  pinsInit: bytes(0x04, 0x00, 0x07, 0x00, 0x00),
  pinsSet: (pins: number) => bytes(0x04, 0x02, pins),
  pinsClear: (pins: number) => bytes(0x04, 0x03, pins),
} as const;

export const light = { red: 0x01, green: 0x02, yellow: 0x04, all: 0x07 } as const;

export interface Beep {
  /** 0 to 100. */
  readonly volume: number;
  /** 500 to 10,000. */
  readonly hertz: number;
  readonly onMs: number;
  readonly offMs: number;
}

export interface TagTypeMask {
  readonly lf: number;
  readonly hf: number;
}
