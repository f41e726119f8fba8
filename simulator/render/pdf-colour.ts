import type { Colour } from "../printer/document-page.ts";
import type { ByteFile } from "./byte-file.ts";
import { grey } from "./pdf-colour-space.ts";
import { decodeStream } from "./pdf-filters.ts";
import { type Graphics, type Ink, newGraphics, paintedInks, setGraphics } from "./pdf-graphics.ts";
import { readInlineImage } from "./pdf-inline-image.ts";
import { dictionaryOf, nameOf, type PdfObjects, streamBytes } from "./pdf-objects.ts";
import {
  colourOfImage,
  colourOfPattern,
  colourOfShading,
  colourOfXObject,
} from "./pdf-painted-object.ts";
import { resourceOf, type Scope, spaceOf } from "./pdf-scope.ts";
import { endOfBytes, type PdfCursor, type PdfValue, readValue } from "./pdf-syntax.ts";
import { resolve, resolveObject } from "./resolve.ts";

export interface ColourFinder {
  /** Whether anything that the page paints is not grey. `contents` may be a reference. */
  colourOfPage(contents: PdfValue, resources: PdfValue): Promise<Colour>;
}

/** Forms of one page, operands of one operator, states saved at once. */
const formsMax = 20_000;
const operandsMax = 256;
const savedMax = 256;

/** Finds colour by walking what pages paint, as an interpreter would. */
export function createColourFinder(file: ByteFile, found: PdfObjects): ColourFinder {
  const pictures = new Map<number, Colour>();
  return {
    async colourOfPage(contents, resources) {
      const list = resolve(found, contents);
      const parts = typeof list === "object" && list?.kind === "array" ? list.items : [contents];
      const bytes: Buffer[] = [];
      for (const part of parts) {
        const decoded = await streamBytes(file, resolveObject(found, part));
        if (decoded !== undefined) bytes.push(decoded, Buffer.from("\n"));
      }
      const budget = { forms: formsMax };
      const named = dictionaryOf(resources);
      const scope = { file, found, pictures, budget, paint, resources: named, depth: 0 };
      return paint(Buffer.concat(bytes), scope, newGraphics);
    },
  };
}

/** One operator of a content stream, with what stood before it. */
interface Operation {
  readonly operator: string;
  readonly numbers: readonly number[];
  /** The last operand, if it is a name. */
  readonly name: string;
}

async function paint(bytes: Buffer, scope: Scope, from: Graphics): Promise<Colour> {
  const cursor = { bytes, at: 0 };
  const saved: Graphics[] = [];
  let graphics = from;
  for (;;) {
    const operation = readOperation(cursor);
    if (operation === undefined) return "grey";
    const { operator } = operation;
    if (operator === "q" && saved.length < savedMax) saved.push(graphics);
    else if (operator === "Q") graphics = saved.pop() ?? graphics;
    else {
      const named = byName.has(operator) ? await setByName(graphics, operation, scope) : undefined;
      graphics = named ?? setGraphics(graphics, operator, operation.numbers);
    }
    if (paintedInks(graphics, operator).some((ink) => ink.colour === "colour")) return "colour";
    // Only what has to be read is waited for: most operators are not worth a turn of the loop.
    const painted = colourOfObject(operation, { cursor, scope, graphics });
    if ((typeof painted === "string" ? painted : await painted) === "colour") return "colour";
  }
}

function readOperation(cursor: PdfCursor): Operation | undefined {
  const operands: PdfValue[] = [];
  for (;;) {
    const value = readValue(cursor);
    if (value === endOfBytes) return undefined;
    if (typeof value === "object" && value?.kind === "operator") {
      const numbers = operands.filter((operand) => typeof operand === "number");
      return { operator: value.name, numbers, name: nameOf(operands.at(-1)) };
    }
    if (operands.length < operandsMax) operands.push(value);
  }
}

const byName = new Set(["cs", "CS", "scn", "SCN"]);

/** The state after a colour space or a pattern was set by its name; undefined for all else. */
async function setByName(
  graphics: Graphics,
  { operator, name }: Operation,
  scope: Scope,
): Promise<Graphics | undefined> {
  const withInk = (ink: Ink): Graphics =>
    operator === operator.toLowerCase() ? { ...graphics, fill: ink } : { ...graphics, stroke: ink };
  switch (operator) {
    case "cs":
    case "CS":
      return withInk({ space: await spaceOf(scope, { kind: "name", name }), colour: "grey" });
    case "scn":
    case "SCN": {
      if (name === "") return undefined;
      const colour = await colourOfPattern(resourceOf(scope, "Pattern", name), scope);
      return withInk({ space: grey, colour });
    }
    default:
      return undefined;
  }
}

/** What `Do`, `sh` and a picture within the stream paint. */
function colourOfObject(
  { operator, name }: Operation,
  at: { readonly cursor: PdfCursor; readonly scope: Scope; readonly graphics: Graphics },
): Promise<Colour> | Colour {
  const { cursor, scope, graphics } = at;
  switch (operator) {
    case "Do":
      return colourOfXObject(resourceOf(scope, "XObject", name), scope, graphics);
    case "sh":
      return colourOfShading(resourceOf(scope, "Shading", name), scope);
    case "BI": {
      const image = readInlineImage(cursor);
      if (image === undefined) return "grey";
      const { dictionary, data } = image;
      const samples = () => Promise.resolve(decodeStream(data, dictionary));
      return colourOfImage({ dictionary, scope, graphics, samples });
    }
    default:
      return "grey";
  }
}
