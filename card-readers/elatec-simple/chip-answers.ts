/** `none`: no chip, or one that does not say this. Undefined: the answer is damaged. */
export type ChipTold<Told> = Told | "none" | undefined;

const mostTags = 32;

/** Yes or no: whether a card is there, was selected, or a setting was taken. */
export function readYesNo([answer]: Uint8Array): boolean | undefined {
  if (answer === 0) return false;
  return answer === 1 ? true : undefined;
}

/** Bytes with their count: an ATS, the answer to a command, the number of a DESFire card. */
export function readChipBytes(payload: Uint8Array): ChipTold<Uint8Array> {
  return told(payload, (rest) => takeCounted(rest)?.taken);
}

/** Access bits of a card, the first one leftmost, as `hexOfBits` takes them. */
export function readPacBits(
  payload: Uint8Array,
): ChipTold<{ readonly bits: number; readonly id: Uint8Array }> {
  return told(payload, (rest) => {
    const [bits = 0] = rest;
    const id = takeCounted(rest.subarray(1))?.taken;
    if (id === undefined || bits === 0 || bits > id.length * 8) return undefined;
    return { bits, id };
  });
}

/** The two bytes of an ATQA, as they came. */
export function readAtqa(payload: Uint8Array): ChipTold<Uint8Array> {
  return told(payload, (rest) => (rest.length < 2 ? undefined : rest.slice(0, 2)));
}

export function readSak(payload: Uint8Array): ChipTold<number> {
  return told(payload, ([sak]) => sak);
}

/** The numbers of all cards in the field. */
export function readManyTags(payload: Uint8Array): ChipTold<readonly Uint8Array[]> {
  return told(payload, ([count = 0, ...all]) => {
    if (count > mostTags) return undefined;
    const tags: Uint8Array[] = [];
    let rest: Uint8Array = Uint8Array.from(all);
    while (tags.length < count) {
      const next = takeCounted(rest);
      if (next === undefined || next.taken.length === 0) return undefined;
      tags.push(next.taken);
      rest = next.rest;
    }
    return tags;
  });
}

/** Without a chip nothing else counts. */
function told<Told>(
  payload: Uint8Array,
  read: (rest: Uint8Array) => Told | undefined,
): ChipTold<Told> {
  switch (readYesNo(payload)) {
    case true:
      return read(payload.subarray(1));
    case false:
      return "none";
    case undefined:
      return undefined;
  }
}

function takeCounted(
  from: Uint8Array,
): { readonly taken: Uint8Array; readonly rest: Uint8Array } | undefined {
  const [length] = from;
  if (length === undefined || from.length < 1 + length) return undefined;
  return { taken: from.slice(1, 1 + length), rest: from.subarray(1 + length) };
}
