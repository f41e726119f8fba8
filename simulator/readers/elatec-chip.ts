import { chipBytes, manyTags, pacBits, refusal, type SimulatedTag, yes } from "./elatec-answers.ts";
import type { VirtualCard } from "./virtual-reader.ts";

/** How many bytes of parameters a command needs at least. */
const needs = new Map([
  ["0F16", 2],
  ["1100", 1],
  ["1200", 1],
  ["1203", 2],
  ["1208", 1],
  ["1209", 2],
]);

/** What the chip in the field says beside its number; undefined to a command that is none of these. */
export function answerOfChip(
  command: string,
  payload: Uint8Array,
  tag: SimulatedTag | undefined,
): Uint8Array | undefined {
  if (payload.length < (needs.get(command) ?? 0)) return refusal("missing parameter");
  switch (command) {
    case "0F16":
      return yes(chipBytes(tag?.trueUid));
    case "1100":
      return yes(pacBits(tag?.pac));
    case "1200":
      return yes(chipBytes(tag?.ats));
    case "1202":
      return yes([tag?.ats === undefined ? 0 : 1]);
    case "1203":
      return yes(chipBytes(tag?.exchange?.(countedOf(payload))));
    case "1204":
      return yes(tag?.atqa === undefined ? [0] : [1, ...tag.atqa]);
    case "1205":
      return yes(tag?.sak === undefined ? [0] : [1, tag.sak]);
    case "1208":
      return yes(manyTags(inField(tag)));
    case "1209":
      return yes([inField(tag).some(({ id }) => isSame(id, countedOf(payload))) ? 1 : 0]);
    default:
      return undefined;
  }
}

function inField(tag: SimulatedTag | undefined): readonly VirtualCard[] {
  return tag === undefined ? [] : [tag, ...(tag.beside ?? [])];
}

function countedOf([length = 0, ...rest]: Uint8Array): Uint8Array {
  return Uint8Array.from(rest.slice(0, length));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
