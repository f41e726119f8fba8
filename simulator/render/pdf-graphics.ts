import type { Colour } from "../printer/document-page.ts";
import { type ColourSpace, cmyk, colourOf, grey, rgb } from "./pdf-colour-space.ts";

/** What the next mark would be painted with. */
export interface Ink {
  readonly space: ColourSpace;
  readonly colour: Colour;
}

/** The part of the graphics state that decides colour against grey (ISO 32000-1 §8.4). */
export interface Graphics {
  readonly fill: Ink;
  readonly stroke: Ink;
  readonly textMode: number;
}

const black: Ink = { space: grey, colour: "grey" };

export const newGraphics: Graphics = { fill: black, stroke: black, textMode: 0 };

/** The state after an operator that sets a colour or the text mode; itself after any other. */
export function setGraphics(
  graphics: Graphics,
  operator: string,
  numbers: readonly number[],
): Graphics {
  const ink = (space: ColourSpace): Ink => ({ space, colour: colourOf(space, numbers) });
  switch (operator) {
    case "g":
      return { ...graphics, fill: black };
    case "G":
      return { ...graphics, stroke: black };
    case "rg":
      return { ...graphics, fill: ink(rgb) };
    case "RG":
      return { ...graphics, stroke: ink(rgb) };
    case "k":
      return { ...graphics, fill: ink(cmyk) };
    case "K":
      return { ...graphics, stroke: ink(cmyk) };
    case "sc":
    case "scn":
      return { ...graphics, fill: ink(graphics.fill.space) };
    case "SC":
    case "SCN":
      return { ...graphics, stroke: ink(graphics.stroke.space) };
    case "Tr":
      return { ...graphics, textMode: numbers[0] ?? 0 };
    default:
      return graphics;
  }
}

/** What an operator paints with, or undefined when it paints nothing. */
export function paintedInks(graphics: Graphics, operator: string): readonly Ink[] {
  const { fill, stroke, textMode } = graphics;
  switch (operator) {
    case "f":
    case "F":
    case "f*":
      return [fill];
    case "S":
    case "s":
      return [stroke];
    case "B":
    case "B*":
    case "b":
    case "b*":
      return [fill, stroke];
    case "Tj":
    case "TJ":
    case "'":
    case '"':
      // Modes 3 and 7 show nothing, 1 and 5 only outlines: ISO 32000-1 §9.3.6.
      if (textMode === 3 || textMode === 7) return [];
      if (textMode === 1 || textMode === 5) return [stroke];
      return textMode === 2 || textMode === 6 ? [fill, stroke] : [fill];
    default:
      return [];
  }
}
