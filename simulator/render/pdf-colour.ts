import type { Colour } from "../printer/document-page.ts";
import type { ByteFile } from "./byte-file.ts";
import { type ColourSpace, colourOf, grey, readColourSpace } from "./pdf-colour-space.ts";
import { decodeStream } from "./pdf-filters.ts";
import { type Graphics, newGraphics, paintedInks, setGraphics } from "./pdf-graphics.ts";
import { colourOfSamples } from "./pdf-image-colour.ts";
import { readInlineImage } from "./pdf-inline-image.ts";
import {
  dictionaryOf,
  nameOf,
  type PdfObject,
  type PdfObjects,
  streamBytes,
} from "./pdf-objects.ts";
import { endOfBytes, type PdfDictionary, type PdfValue, readValue } from "./pdf-syntax.ts";
import { resolve, resolveObject } from "./resolve.ts";

export interface ColourFinder {
  /** Whether anything that the page paints is not grey. `contents` may be a reference. */
  colourOfPage(contents: PdfValue, resources: PdfValue): Promise<Colour>;
}

/** Forms within forms, and forms of one page: beyond these a page is taken to be in colour. */
const depthMax = 12;
const formsMax = 20_000;
const operandsMax = 256;

interface Scope {
  readonly resources: PdfDictionary | undefined;
  readonly depth: number;
}

/** Finds colour by walking what pages paint, as an interpreter would. */
export function createColourFinder(file: ByteFile, found: PdfObjects): ColourFinder {
  /** Pictures are often on every page: each is looked at once. */
  const pictures = new Map<number, Colour>();
  let formsLeft = formsMax;

  async function colourOfPage(contents: PdfValue, resources: PdfValue): Promise<Colour> {
    formsLeft = formsMax;
    const list = resolve(found, contents);
    const parts = typeof list === "object" && list?.kind === "array" ? list.items : [contents];
    const bytes: Buffer[] = [];
    for (const part of parts) {
      const decoded = await streamBytes(file, resolveObject(found, part));
      if (decoded !== undefined) bytes.push(decoded, Buffer.from("\n"));
    }
    const scope = { resources: dictionaryOf(resources), depth: 0 };
    return paint(Buffer.concat(bytes), scope, newGraphics);
  }

  async function paint(bytes: Buffer, scope: Scope, from: Graphics): Promise<Colour> {
    const cursor = { bytes, at: 0 };
    const saved: Graphics[] = [];
    let graphics = from;
    let operands: PdfValue[] = [];
    for (;;) {
      const value = readValue(cursor);
      if (value === endOfBytes) return "grey";
      if (typeof value !== "object" || value?.kind !== "operator") {
        if (operands.length < operandsMax) operands.push(value);
        continue;
      }
      const operator = value.name;
      const numbers = operands.filter((operand) => typeof operand === "number");
      const name = nameOf(operands.at(-1));
      operands = [];
      if (operator === "q" && saved.length < operandsMax) saved.push(graphics);
      else if (operator === "Q") graphics = saved.pop() ?? graphics;
      else if (operator === "cs" || operator === "CS") {
        const ink = {
          space: await spaceOf({ kind: "name", name }, scope),
          colour: "grey",
        } as const;
        graphics = operator === "cs" ? { ...graphics, fill: ink } : { ...graphics, stroke: ink };
      } else if (name !== "" && /^(scn|SCN)$/.test(operator)) {
        const colour = await colourOfPattern(entry(scope, "Pattern", name), scope);
        const ink = { space: grey, colour };
        graphics = operator === "scn" ? { ...graphics, fill: ink } : { ...graphics, stroke: ink };
      } else graphics = setGraphics(graphics, operator, numbers);
      if (paintedInks(graphics, operator).some((ink) => ink.colour === "colour")) return "colour";
      const painted = await colourOfObject(operator, { name, cursor, scope, graphics });
      if (painted === "colour") return "colour";
    }
  }

  /** What `Do`, `sh` and an inline picture paint. */
  function colourOfObject(
    operator: string,
    at: {
      readonly name: string;
      readonly cursor: { bytes: Buffer; at: number };
      readonly scope: Scope;
      readonly graphics: Graphics;
    },
  ): Promise<Colour> | Colour {
    switch (operator) {
      case "Do":
        return colourOfXObject(entry(at.scope, "XObject", at.name), at.scope, at.graphics);
      case "sh":
        return colourOfShading(entry(at.scope, "Shading", at.name), at.scope);
      case "BI": {
        const image = readInlineImage(at.cursor);
        return image === undefined
          ? "grey"
          : colourOfImage(image.dictionary, at.scope, at.graphics, () =>
              Promise.resolve(decodeStream(image.data, image.dictionary)),
            );
      }
      default:
        return "grey";
    }
  }

  async function colourOfXObject(
    value: PdfValue | undefined,
    scope: Scope,
    graphics: Graphics,
  ): Promise<Colour> {
    const object = resolveObject(found, value);
    const dictionary = dictionaryOf(object.value);
    if (dictionary === undefined) return "grey";
    if (nameOf(resolve(found, dictionary.get("Subtype"))) === "Form") {
      return paintForm(object, dictionary, scope, graphics);
    }
    const number = typeof value === "object" && value?.kind === "reference" ? value.to : -1;
    const known = pictures.get(number);
    if (known !== undefined) return known;
    const colour = await colourOfImage(dictionary, scope, graphics, () =>
      streamBytes(file, object),
    );
    // A mask takes the colour of the moment, which is another the next time.
    if (dictionary.get("ImageMask") !== true) pictures.set(number, colour);
    return colour;
  }

  async function paintForm(
    object: PdfObject,
    dictionary: PdfDictionary,
    scope: Scope,
    graphics: Graphics,
  ): Promise<Colour> {
    formsLeft -= 1;
    if (scope.depth >= depthMax || formsLeft < 0) return "colour";
    const bytes = await streamBytes(file, object);
    const own = dictionaryOf(resolve(found, dictionary.get("Resources")));
    const inside = { resources: own ?? scope.resources, depth: scope.depth + 1 };
    return bytes === undefined ? "colour" : paint(bytes, inside, graphics);
  }

  async function colourOfImage(
    dictionary: PdfDictionary,
    scope: Scope,
    graphics: Graphics,
    samples: () => Promise<Buffer | undefined>,
  ): Promise<Colour> {
    const get = (long: string, short: string) =>
      resolve(found, dictionary.get(long) ?? dictionary.get(short));
    if (get("ImageMask", "IM") === true) return graphics.fill.colour;
    const space = await spaceOf(get("ColorSpace", "CS"), scope);
    if (space.kind === "grey") return "grey";
    const decoded = await samples();
    const bits = get("BitsPerComponent", "BPC");
    // A picture that cannot be looked into counts by its colour space, as many engines do.
    return decoded === undefined
      ? "colour"
      : colourOfSamples(decoded, { space, bits: typeof bits === "number" ? bits : 8 });
  }

  function colourOfPattern(value: PdfValue | undefined, scope: Scope): Promise<Colour> | Colour {
    const object = resolveObject(found, value);
    const dictionary = dictionaryOf(object.value);
    if (dictionary === undefined) return "grey";
    return object.stream === undefined
      ? colourOfShading(dictionary.get("Shading"), scope)
      : paintForm(object, dictionary, scope, newGraphics);
  }

  async function colourOfShading(value: PdfValue | undefined, scope: Scope): Promise<Colour> {
    const dictionary = dictionaryOf(resolve(found, value));
    if (dictionary === undefined) return "grey";
    const space = await spaceOf(dictionary.get("ColorSpace"), scope);
    return space.kind === "grey" ? "grey" : functionColour(dictionary.get("Function"), space, 0);
  }

  /** The ends of exponential functions tell a gradient's colours; others are not looked into. */
  function functionColour(value: PdfValue | undefined, space: ColourSpace, depth: number): Colour {
    const dictionary = dictionaryOf(resolve(found, value));
    const type = dictionary?.get("FunctionType");
    if (type === 3 && depth < depthMax) {
      const inner = resolve(found, dictionary?.get("Functions"));
      const parts = typeof inner === "object" && inner?.kind === "array" ? inner.items : [];
      const coloured = parts.some((part) => functionColour(part, space, depth + 1) === "colour");
      return coloured ? "colour" : "grey";
    }
    if (type !== 2) return "colour";
    const ends = ["C0", "C1"].map((key) => {
      const end = resolve(found, dictionary?.get(key));
      const items = typeof end === "object" && end?.kind === "array" ? end.items : [];
      return colourOf(
        space,
        items.filter((item) => typeof item === "number"),
      );
    });
    return ends.includes("colour") ? "colour" : "grey";
  }

  async function spaceOf(value: PdfValue | undefined, scope: Scope): Promise<ColourSpace> {
    const named = dictionaryOf(resolve(found, scope.resources?.get("ColorSpace")));
    const given = nameOf(value) === "" ? value : (named?.get(nameOf(value)) ?? value);
    const array = resolve(found, given);
    const palette =
      typeof array === "object" && array?.kind === "array"
        ? resolveObject(found, array.items[3])
        : undefined;
    const paletteBytes =
      palette?.stream === undefined ? undefined : await streamBytes(file, palette);
    return readColourSpace(given, { resolve: (v) => resolve(found, v), named, paletteBytes });
  }

  function entry(scope: Scope, category: string, name: string): PdfValue | undefined {
    return dictionaryOf(resolve(found, scope.resources?.get(category)))?.get(name);
  }

  return { colourOfPage };
}
