import type { VirtualCard } from "./virtual-reader.ts";

/** A badge in the field, with the kind of its chip by the reader's codes. */
export interface SimulatedTag extends VirtualCard, SimulatedChip {
  readonly type: number;
}

/** What else its chip says, where it says it. */
export interface SimulatedChip {
  readonly atqa?: Uint8Array;
  readonly sak?: number;
  readonly ats?: Uint8Array;
  /** The bits for doors of an iCLASS card. */
  readonly pac?: VirtualCard;
  /** Of a DESFire card whose number in the field is a random one. */
  readonly trueUid?: Uint8Array;
  /** What it answers to a command of ISO 7816-4. */
  readonly exchange?: (command: Uint8Array) => Uint8Array | undefined;
  /** Other cards that lie there, too. */
  readonly beside?: readonly VirtualCard[];
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

/** Bytes with their count before them, after the word that there are any. */
export function chipBytes(bytes: Uint8Array | undefined): Uint8Array {
  return bytes === undefined ? Uint8Array.of(0) : Uint8Array.of(1, bytes.length, ...bytes);
}

/** How many bits an iCLASS card has for doors, and the bytes of them. */
export function pacBits(card: VirtualCard | undefined): Uint8Array {
  if (card === undefined) return Uint8Array.of(0);
  return Uint8Array.of(1, card.bits, card.id.length, ...card.id);
}

/** How many cards there are, and the number of each with its length. */
export function manyTags(cards: readonly VirtualCard[]): Uint8Array {
  if (cards.length === 0) return Uint8Array.of(0);
  return Uint8Array.of(1, cards.length, ...cards.flatMap(({ id }) => [id.length, ...id]));
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
