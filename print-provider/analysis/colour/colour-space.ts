/**
 * A colour space, as far as it matters whether a colour in it is grey. A space that we cannot judge
 * ("unknown") gives colour for everything.
 */
export type ColourSpace =
  | { kind: "grey" }
  | { kind: "rgb" }
  | { kind: "cmyk" }
  | { kind: "lab" }
  | { kind: "indexed"; base: ColourSpace; lookup: Uint8Array }
  | {
      kind: "tint";
      components: number;
      /** Which components are inks that no printer mixes grey from, whatever the alternate says. */
      inks: readonly boolean[];
      alternate: ColourSpace;
      toAlternate: (tints: readonly number[]) => readonly number[];
    }
  | { kind: "pattern"; under: ColourSpace | undefined }
  | { kind: "unknown" };

/** What rounding does to a grey that someone calculated. */
export const exactTolerance = 1.5 / 255;
/** What scanning and compression do to the greys of a picture. */
export const pictureTolerance = 8 / 255;

/** How many numbers a colour has; undefined where we do not know. */
export function componentsOf(space: ColourSpace): number | undefined {
  switch (space.kind) {
    case "grey":
    case "indexed":
      return 1;
    case "rgb":
    case "lab":
      return 3;
    case "cmyk":
      return 4;
    case "tint":
      return space.components;
    case "pattern":
    case "unknown":
      return undefined;
  }
}

/** Whether a colour (components from 0 to 1, an index as it is, Lab as it is) needs no coloured ink. */
export function isGrey(
  space: ColourSpace,
  colour: readonly number[],
  tolerance: number = exactTolerance,
): boolean {
  switch (space.kind) {
    case "grey":
      return true;
    case "rgb": {
      const [red = 0, green = 0, blue = 0] = colour.map(clamp);
      return Math.max(red, green, blue) - Math.min(red, green, blue) <= tolerance;
    }
    case "cmyk": {
      const [cyan = 0, magenta = 0, yellow = 0] = colour.map(clamp);
      return Math.max(cyan, magenta, yellow) <= tolerance;
    }
    case "lab": {
      const [, a = 0, b = 0] = colour;
      return Math.max(Math.abs(a), Math.abs(b)) <= tolerance * 100;
    }
    case "indexed": {
      const base = paletteColour(space, colour[0] ?? 0);
      return base !== undefined && isGrey(space.base, base, tolerance);
    }
    case "tint": {
      const tints = colour.map(clamp);
      if (tints.some((tint, place) => space.inks[place] === true && tint > tolerance)) return false;
      return isGrey(space.alternate, space.toAlternate(tints), tolerance);
    }
    case "pattern":
    case "unknown":
      return false;
  }
}

/** The colour that a space begins with when it is chosen (ISO 32000-2, 8.6.8, operator CS). */
export function initialColour(space: ColourSpace): number[] {
  switch (space.kind) {
    case "grey":
    case "indexed":
      return [0];
    case "rgb":
    case "lab":
      return [0, 0, 0];
    case "cmyk":
      return [0, 0, 0, 1];
    case "tint":
      return space.inks.map(() => 1);
    case "pattern":
    case "unknown":
      return [];
  }
}

/** The entry of a palette in its base space's components; an index too high is the last entry. */
function paletteColour(
  space: Extract<ColourSpace, { kind: "indexed" }>,
  index: number,
): number[] | undefined {
  const count = componentsOf(space.base);
  if (count === undefined) return undefined;
  const last = Math.floor(space.lookup.length / count) - 1;
  const entry = Math.min(Math.max(0, Math.trunc(index)), last);
  if (entry < 0) return undefined;
  return Array.from(space.lookup.subarray(entry * count, (entry + 1) * count), (byte, place) =>
    fromByte(space.base, byte, place),
  );
}

/** A byte of a palette or picture as a component: the default decoding (8.9.5.2). */
function fromByte(space: ColourSpace, byte: number, place: number): number {
  if (space.kind === "lab") return place === 0 ? (byte / 255) * 100 : (byte / 255) * 200 - 100;
  return byte / 255;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
