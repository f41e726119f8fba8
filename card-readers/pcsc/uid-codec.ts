/**
 * Asks a contactless reader for the number of the card at it (PC/SC part 3, *Get Data*). The reader
 * answers, not the card, so it works for cards that speak ISO 14443-4, too, and none is selected first.
 */
export const getUid: Uint8Array = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);

const shortest = 4;
const longest = 16;

/** The number in an answer, or undefined where the reader or the card has none to tell. */
export function uidOf(answer: Uint8Array): Uint8Array | undefined {
  const length = answer.length - 2;
  if (length < shortest || length > longest) return undefined;
  return answer[length] === 0x90 && answer[length + 1] === 0x00
    ? answer.slice(0, length)
    : undefined;
}

const names: ReadonlyMap<number, string> = new Map([
  [0x0001, "MIFARE Classic 1K"],
  [0x0002, "MIFARE Classic 4K"],
  [0x0003, "MIFARE Ultralight"],
  [0x0026, "MIFARE Mini"],
  [0xf004, "Topaz"],
  [0xf011, "FeliCa 212K"],
  [0xf012, "FeliCa 424K"],
]);

/** What the reader says of the chip in the answer to reset that it makes up for cards that have none. */
export function tagTypeOf(atr: Uint8Array): string | undefined {
  // 3B 8F 80 01 80 4F 0C A0 00 00 03 06 SS N1 N2 …: a storage card, its standard and its name.
  if (atr.length < 15 || atr[4] !== 0x80 || atr[5] !== 0x4f) return undefined;
  return names.get(((atr[13] ?? 0) << 8) | (atr[14] ?? 0));
}
