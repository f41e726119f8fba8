import { PdfDamage } from "./pdf-object.ts";

/** Where an object is: at an offset of the file, or the n-th one in an object stream. */
export type ObjectPlace =
  | { kind: "at"; offset: number }
  | { kind: "packed"; stream: number; index: number }
  | { kind: "free" };

const objectsMax = 2_000_000;
const indexMax = 2 ** 20;

/** Object numbers and their places: one number each, since there may be a million. */
export interface XrefTable {
  place(number: number): ObjectPlace | undefined;
  has(number: number): boolean;
  /** Sets what is not set yet: newer sections are read first. */
  add(number: number, place: ObjectPlace): void;
  set(number: number, place: ObjectPlace): void;
  numbers(): Iterable<number>;
}

export function newXrefTable(): XrefTable {
  const places = new Map<number, number>();
  const set = (number: number, place: ObjectPlace): void => {
    if (places.size >= objectsMax) throw new PdfDamage("there are too many objects");
    places.set(number, packed(place));
  };
  return {
    place: (number) => {
      const value = places.get(number);
      return value === undefined ? undefined : unpacked(value);
    },
    has: (number) => places.has(number),
    add: (number, place) => {
      if (!places.has(number)) set(number, place);
    },
    set,
    numbers: () => places.keys(),
  };
}

function packed(place: ObjectPlace): number {
  switch (place.kind) {
    case "free":
      return 0;
    case "at":
      return place.offset;
    case "packed":
      if (place.index >= indexMax) throw new PdfDamage("an object stream has too many objects");
      return -1 - (place.stream * indexMax + place.index);
  }
}

function unpacked(value: number): ObjectPlace {
  if (value === 0) return { kind: "free" };
  if (value > 0) return { kind: "at", offset: value };
  const both = -1 - value;
  return { kind: "packed", stream: Math.floor(both / indexMax), index: both % indexMax };
}
