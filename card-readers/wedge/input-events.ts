import type { KeyStroke } from "./codec.ts";
import { keyOfLinux } from "./key-codes.ts";

/**
 * Linux tells of input in records of 24 bytes on 64-bit machines (`struct input_event` of
 * `linux/input.h`): seconds and microseconds of 8 bytes each, type and code of 2, value of 4.
 */
export const inputEventLength = 24;

const types = { syn: 0, key: 1 } as const;
const synDropped = 3;
const values = { up: 0, down: 1 } as const;
/** Stands for events that the kernel lost: no reader types it, so it spoils what was under way. */
export const lostKeys = "Lost";

/** Takes bytes apart into key strokes; `rest` is what to put before the next bytes. */
export function readInputEvents(bytes: Uint8Array): {
  readonly strokes: readonly KeyStroke[];
  readonly rest: Uint8Array;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strokes: KeyStroke[] = [];
  let from = 0;
  for (; from + inputEventLength <= bytes.length; from += inputEventLength) {
    const at =
      Number(view.getBigInt64(from, true)) * 1_000 +
      Number(view.getBigInt64(from + 8, true)) / 1_000;
    const type = view.getUint16(from + 16, true);
    const code = view.getUint16(from + 18, true);
    const value = view.getInt32(from + 20, true);
    if (type === types.syn && code === synDropped) strokes.push({ key: lostKeys, down: true, at });
    // Any other value repeats a key that is held down.
    if (type === types.key && (value === values.down || value === values.up))
      strokes.push({ key: keyOfLinux(code), down: value === values.down, at });
  }
  return { strokes, rest: bytes.slice(from) };
}
