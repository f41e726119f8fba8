import type { Colour } from "../printer/document-page.ts";
import { type ColourSpace, colourOf } from "./pdf-colour-space.ts";
import { type Graphics, newGraphics } from "./pdf-graphics.ts";
import { colourOfSamples } from "./pdf-image-colour.ts";
import { dictionaryOf, nameOf, type PdfObject, streamBytes } from "./pdf-objects.ts";
import { type Scope, spaceOf } from "./pdf-scope.ts";
import type { PdfDictionary, PdfValue } from "./pdf-syntax.ts";
import { resolve, resolveObject } from "./resolve.ts";

/** Forms within forms: beyond this a page is taken to be in colour. */
const depthMax = 12;

/** What `Do` paints: a picture, or a form, which is a page of its own (ISO 32000-1 §8.8). */
export async function colourOfXObject(
  value: PdfValue | undefined,
  scope: Scope,
  graphics: Graphics,
): Promise<Colour> {
  const object = resolveObject(scope.found, value);
  const dictionary = dictionaryOf(object.value);
  if (dictionary === undefined) return "grey";
  if (nameOf(resolve(scope.found, dictionary.get("Subtype"))) === "Form") {
    return paintForm({ object, dictionary, scope, graphics });
  }
  const number = typeof value === "object" && value?.kind === "reference" ? value.to : -1;
  const known = scope.pictures.get(number);
  if (known !== undefined) return known;
  const samples = () => streamBytes(scope.file, object);
  const colour = await colourOfImage({ dictionary, scope, graphics, samples });
  // A mask takes the colour of the moment, which is another the next time.
  if (number !== -1 && dictionary.get("ImageMask") !== true) scope.pictures.set(number, colour);
  return colour;
}

async function paintForm(form: {
  readonly object: PdfObject;
  readonly dictionary: PdfDictionary;
  readonly scope: Scope;
  readonly graphics: Graphics;
}): Promise<Colour> {
  const { object, dictionary, scope, graphics } = form;
  scope.budget.forms -= 1;
  if (scope.depth >= depthMax || scope.budget.forms < 0) return "colour";
  const bytes = await streamBytes(scope.file, object);
  const own = dictionaryOf(resolve(scope.found, dictionary.get("Resources")));
  const inside = { ...scope, resources: own ?? scope.resources, depth: scope.depth + 1 };
  return bytes === undefined ? "colour" : scope.paint(bytes, inside, graphics);
}

/** What a picture paints. `samples` gives its pixels, undefined where its filter is not known. */
export async function colourOfImage(image: {
  readonly dictionary: PdfDictionary;
  readonly scope: Scope;
  readonly graphics: Graphics;
  readonly samples: () => Promise<Buffer | undefined>;
}): Promise<Colour> {
  const { dictionary, scope, graphics, samples } = image;
  const get = (long: string, short: string) =>
    resolve(scope.found, dictionary.get(long) ?? dictionary.get(short));
  if (get("ImageMask", "IM") === true) return graphics.fill.colour;
  const space = await spaceOf(scope, get("ColorSpace", "CS"));
  if (space.kind === "grey") return "grey";
  const decoded = await samples();
  const bits = get("BitsPerComponent", "BPC");
  // A picture that cannot be looked into counts by its colour space, as many engines do.
  return decoded === undefined
    ? "colour"
    : colourOfSamples(decoded, { space, bits: typeof bits === "number" ? bits : 8 });
}

/** What a pattern paints: tiles, or a gradient (ISO 32000-1 §8.7). */
export function colourOfPattern(
  value: PdfValue | undefined,
  scope: Scope,
): Promise<Colour> | Colour {
  const object = resolveObject(scope.found, value);
  const dictionary = dictionaryOf(object.value);
  if (dictionary === undefined) return "grey";
  return object.stream === undefined
    ? colourOfShading(dictionary.get("Shading"), scope)
    : paintForm({ object, dictionary, scope, graphics: newGraphics });
}

/** What a gradient paints. */
export async function colourOfShading(value: PdfValue | undefined, scope: Scope): Promise<Colour> {
  const dictionary = dictionaryOf(resolve(scope.found, value));
  if (dictionary === undefined) return "grey";
  const space = await spaceOf(scope, dictionary.get("ColorSpace"));
  if (space.kind === "grey") return "grey";
  return functionColour(dictionary.get("Function"), { scope, space, depth: 0 });
}

/** The ends of exponential functions tell a gradient's colours; others are not looked into. */
function functionColour(
  value: PdfValue | undefined,
  at: { readonly scope: Scope; readonly space: ColourSpace; readonly depth: number },
): Colour {
  const dictionary = dictionaryOf(resolve(at.scope.found, value));
  const items = (key: string): readonly PdfValue[] => {
    const list = resolve(at.scope.found, dictionary?.get(key));
    return typeof list === "object" && list?.kind === "array" ? list.items : [];
  };
  const type = dictionary?.get("FunctionType");
  if (type === 3 && at.depth < depthMax) {
    const deeper = { ...at, depth: at.depth + 1 };
    const coloured = items("Functions").some((part) => functionColour(part, deeper) === "colour");
    return coloured ? "colour" : "grey";
  }
  if (type !== 2) return "colour";
  const ends = ["C0", "C1"].map((key) =>
    colourOf(
      at.space,
      items(key).filter((item) => typeof item === "number"),
    ),
  );
  return ends.includes("colour") ? "colour" : "grey";
}
