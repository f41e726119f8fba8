import type { Colour } from "../printer/document-page.ts";
import { type ColourSpace, colourOf, tolerance } from "./pdf-colour-space.ts";

/** Whether a picture's samples show colour anywhere. `bits` is of each component. */
export function colourOfSamples(
  samples: Buffer,
  { space, bits }: { readonly space: ColourSpace; readonly bits: number },
): Colour {
  switch (space.kind) {
    case "grey":
    case "pattern":
      return "grey";
    case "indexed":
      return colourOfIndices(samples, space.palette, bits);
    case "rgb":
    case "cmyk":
      return bits === 8 && !hasColour(samples, space.components) ? "grey" : "colour";
    case "inks":
      return colourOf(space, samples.some((sample) => sample > 0) ? [1] : [0]);
    case "lab":
      return "colour";
  }
}

function hasColour(samples: Buffer, components: 3 | 4): boolean {
  const most = Math.round(tolerance * 255);
  for (let at = 0; at + components <= samples.length; at += components) {
    const first = samples[at] ?? 0;
    const second = samples[at + 1] ?? 0;
    const third = samples[at + 2] ?? 0;
    if (first === second && second === third) continue;
    if (Math.max(first, second, third) - Math.min(first, second, third) > most) return true;
  }
  return false;
}

function colourOfIndices(samples: Buffer, palette: readonly Colour[], bits: number): Colour {
  if (!palette.includes("colour")) return "grey";
  if (bits !== 8) return "colour";
  return samples.some((index) => palette[index] === "colour") ? "colour" : "grey";
}
