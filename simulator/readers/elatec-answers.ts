import type { VirtualCard } from "./virtual-reader.ts";

/** A badge in the field, with the kind of its chip by the reader's codes. */
export interface SimulatedTag extends VirtualCard {
  readonly type: number;
}

const errors = {
  "unknown function": 0x01,
  "missing parameter": 0x02,
  parser: 0x05,
} as const;

/** An answer without an error, and what belongs to it. */
export function yes(payload: Iterable<number> = []): Uint8Array {
  return Uint8Array.of(0x00, ...payload);
}

/** An answer that the question could not be understood. */
export function refusal(error: keyof typeof errors): Uint8Array {
  return Uint8Array.of(errors[error]);
}

/** No tag; or its kind, how many bits its number has, and the bytes of it. */
export function foundTag(tag: SimulatedTag | undefined): Uint8Array {
  if (tag === undefined) return Uint8Array.of(0);
  return Uint8Array.of(1, tag.type, tag.bits, tag.id.length, ...tag.id);
}

/** A text with its length before it. */
export function text(characters: string): Uint8Array {
  return Uint8Array.of(characters.length, ...Buffer.from(characters, "latin1"));
}

/** Four bytes, the lowest first. */
export function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** How long a sound lasts, of the parameters of the command; undefined when some are missing. */
export function beepOf(
  payload: Uint8Array,
): { readonly onMs: number; readonly offMs: number } | undefined {
  if (payload.length < 7) return undefined;
  const bytes = Buffer.from(payload);
  return { onMs: bytes.readUInt16LE(3), offMs: bytes.readUInt16LE(5) };
}
