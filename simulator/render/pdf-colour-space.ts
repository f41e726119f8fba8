import type { Colour } from "../printer/document-page.ts";
import { dictionaryOf, nameOf } from "./pdf-objects.ts";
import type { PdfDictionary, PdfValue } from "./pdf-syntax.ts";

/** How the components of a colour are to be understood, as far as colour against grey goes. */
export type ColourSpace =
  | { readonly kind: "grey"; readonly components: 1 }
  | { readonly kind: "rgb"; readonly components: 3 }
  | { readonly kind: "lab"; readonly components: 3 }
  | { readonly kind: "cmyk"; readonly components: 4 }
  /** Each index stands for a colour of the palette. */
  | { readonly kind: "indexed"; readonly components: 1; readonly palette: readonly Colour[] }
  /** Inks of their own: `black` when all of them are black or none. */
  | { readonly kind: "inks"; readonly components: number; readonly black: boolean }
  | { readonly kind: "pattern"; readonly components: 0 };

export const grey: ColourSpace = { kind: "grey", components: 1 };
export const rgb: ColourSpace = { kind: "rgb", components: 3 };
export const cmyk: ColourSpace = { kind: "cmyk", components: 4 };

/** What no one can tell apart from grey on paper, of a component between 0 and 1. */
export const tolerance = 8 / 255;

type Resolve = (value: PdfValue | undefined) => PdfValue;

/** Reads a colour space, ISO 32000-1 §8.6. `named` are those of the page's resources. */
export function readColourSpace(
  value: PdfValue | undefined,
  options: {
    readonly resolve: Resolve;
    readonly named: PdfDictionary | undefined;
    /** The bytes of a palette that is a stream; undefined where it was not read. */
    readonly paletteBytes?: Buffer | undefined;
  },
  depth = 0,
): ColourSpace {
  const { resolve, named } = options;
  const given = resolve(value);
  const own = nameOf(given);
  if (own !== "") {
    const simple = simpleSpace(own);
    if (simple !== undefined) return simple;
    const entry = named?.get(own);
    return entry === undefined || depth > 8 ? rgb : readColourSpace(entry, options, depth + 1);
  }
  if (typeof given !== "object" || given?.kind !== "array" || depth > 8) return rgb;
  const [head, second, , fourth] = given.items.map((item) => resolve(item));
  const family = nameOf(head);
  switch (family) {
    case "ICCBased": {
      const components = dictionaryOf(second)?.get("N");
      return components === 1 ? grey : components === 4 ? cmyk : rgb;
    }
    case "Lab":
      return { kind: "lab", components: 3 };
    case "Indexed":
    case "I": {
      const base = readColourSpace(second, options, depth + 1);
      const bytes =
        typeof fourth === "object" && fourth?.kind === "string"
          ? fourth.bytes
          : (options.paletteBytes ?? Buffer.alloc(0));
      return { kind: "indexed", components: 1, palette: readPalette(base, bytes) };
    }
    case "Separation":
      return { kind: "inks", components: 1, black: isBlackInk(nameOf(second)) };
    case "DeviceN": {
      const inks = typeof second === "object" && second?.kind === "array" ? second.items : [];
      const black = inks.every((ink) => isBlackInk(nameOf(ink)));
      return { kind: "inks", components: inks.length, black };
    }
    default:
      return simpleSpace(family) ?? rgb;
  }
}

/** Whether these components, each between 0 and 1 (Lab and indices in their own), show colour. */
export function colourOf(space: ColourSpace, components: readonly number[]): Colour {
  const [first = 0, second = 0, third = 0] = components;
  switch (space.kind) {
    case "grey":
    case "pattern":
      return "grey";
    case "rgb":
    case "cmyk":
      return Math.max(first, second, third) - Math.min(first, second, third) > tolerance
        ? "colour"
        : "grey";
    case "lab":
      return Math.hypot(second, third) > 3 ? "colour" : "grey";
    case "indexed":
      return space.palette[first] ?? "grey";
    case "inks":
      return !space.black && components.some((tint) => tint > tolerance) ? "colour" : "grey";
  }
}

function simpleSpace(name: string): ColourSpace | undefined {
  switch (name) {
    case "DeviceGray":
    case "CalGray":
    case "G":
      return grey;
    case "DeviceRGB":
    case "CalRGB":
    case "RGB":
      return rgb;
    case "DeviceCMYK":
    case "CMYK":
      return cmyk;
    case "Pattern":
      return { kind: "pattern", components: 0 };
    default:
      return undefined;
  }
}

function isBlackInk(name: string): boolean {
  return name === "Black" || name === "None" || name === "All";
}

function readPalette(base: ColourSpace, bytes: Buffer): readonly Colour[] {
  const palette: Colour[] = [];
  const { components } = base;
  if (components === 0) return palette;
  for (let at = 0; at + components <= bytes.length && palette.length < 256; at += components) {
    const entry = [...bytes.subarray(at, at + components)];
    const scaled =
      base.kind === "lab"
        ? entry.map((byte, index) => (index === 0 ? byte : byte - 128))
        : entry.map((byte) => byte / 255);
    palette.push(colourOf(base, scaled));
  }
  return palette;
}
