import type { PdfFile } from "../pdf/pdf-file.ts";
import {
  integerOf,
  isDict,
  isStream,
  PdfDamage,
  type PdfDict,
  type PdfObject,
} from "../pdf/pdf-object.ts";
import { isGrey } from "./colour-space.ts";
import { readFunction } from "./functions.ts";
import type { ColourSpaces } from "./read-colour-space.ts";

/**
 * Whether a shading (ISO 32000-2, 8.7.4.5) paints a colour anywhere. Meshes that carry colours of
 * their own are taken for colour unless their space is grey. Throws PdfDamage when it is damaged.
 */
export function shadingIsColour(options: {
  file: PdfFile;
  spaces: ColourSpaces;
  shading: PdfObject;
  resources: PdfDict | undefined;
}): boolean {
  const { file, spaces, resources } = options;
  const shading = file.resolve(options.shading);
  const dict = isStream(shading) ? shading.dict : shading;
  if (!isDict(dict)) throw new PdfDamage("a shading is missing");
  const space = spaces.read(dict.entries.get("ColorSpace"), resources);
  if (space.kind === "grey") return false;

  const background = file.get(dict, "Background");
  if (Array.isArray(background)) {
    const colour = background.map((one) => file.resolve(one)).map(Number);
    if (!isGrey(space, colour)) return true;
  }
  const type = integerOf(file.get(dict, "ShadingType")) ?? 0;
  const object = file.get(dict, "Function");
  // A function of two inputs (type 1) has no corners that could be tried.
  if (object === null || type === 1) return true;
  const functions = (Array.isArray(object) ? object : [object]).map((one) =>
    readFunction(file, one),
  );
  const corners = new Set(functions.flatMap((one) => one.corners));
  for (const corner of corners) {
    file.budget.operations(functions.length);
    if (
      !isGrey(
        space,
        functions.flatMap((one) => one.at([corner])),
      )
    )
      return true;
  }
  return false;
}
