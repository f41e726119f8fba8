import type { Colour } from "../printer/document-page.ts";
import type { ByteFile } from "./byte-file.ts";
import type { ColourSpace } from "./pdf-colour-space.ts";
import { readColourSpace } from "./pdf-colour-space.ts";
import type { Graphics } from "./pdf-graphics.ts";
import { dictionaryOf, nameOf, type PdfObjects, streamBytes } from "./pdf-objects.ts";
import type { PdfDictionary, PdfValue } from "./pdf-syntax.ts";
import { resolve, resolveObject } from "./resolve.ts";

/** Where painting goes on: the file, what names mean here, and what is left to spend. */
export interface Scope {
  readonly file: ByteFile;
  readonly found: PdfObjects;
  readonly resources: PdfDictionary | undefined;
  /** Forms within forms. */
  readonly depth: number;
  /** Pictures that were looked at: they are often on every page. */
  readonly pictures: Map<number, Colour>;
  readonly budget: { forms: number };
  /** Walks a content stream: given, since a form is painted as a page is. */
  readonly paint: (bytes: Buffer, scope: Scope, graphics: Graphics) => Promise<Colour>;
}

/** The resource of this category and name, ISO 32000-1 §7.8.3. */
export function resourceOf(scope: Scope, category: string, name: string): PdfValue | undefined {
  return dictionaryOf(resolve(scope.found, scope.resources?.get(category)))?.get(name);
}

/** The colour space that a name or an array stands for here. */
export async function spaceOf(scope: Scope, value: PdfValue | undefined): Promise<ColourSpace> {
  const { file, found } = scope;
  const named = dictionaryOf(resolve(found, scope.resources?.get("ColorSpace")));
  const given = nameOf(value) === "" ? value : (named?.get(nameOf(value)) ?? value);
  const array = resolve(found, given);
  const palette =
    typeof array === "object" && array?.kind === "array"
      ? resolveObject(found, array.items[3])
      : undefined;
  const paletteBytes = palette?.stream === undefined ? undefined : await streamBytes(file, palette);
  return readColourSpace(given, { resolve: (v) => resolve(found, v), named, paletteBytes });
}
