import {
  integerOf,
  isDict,
  isStream,
  PdfDamage,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../pdf/pdf-object.ts";
import { type ColourSpace, isGrey } from "./colour-space.ts";
import {
  type Content,
  initialState,
  type Judge,
  type Paint,
  type PaintState,
  streamBytesMax,
} from "./judge.ts";
import { shadingIsColour } from "./shading-colour.ts";

const nestingMax = 12;
const glyphsMax = 2_000;
const rememberedMax = 20_000;

/** Whether a form XObject (ISO 32000-2, 8.10) paints a colour when it is called in this state. */
export function formIsColour(
  judge: Judge,
  form: PdfStream,
  caller: { resources: PdfDict | undefined; state: PaintState },
): boolean {
  const own = ownResources(judge, form.dict);
  const key = own === undefined ? undefined : stateKey(caller.state);
  return nested(judge, { stream: form, key: key && `form ${key}` }, () => ({
    parts: [bytesOf(judge, form)],
    resources: own ?? caller.resources,
    state: { ...caller.state },
    uncoloured: false,
  }));
}

/** Whether a pattern (8.7) paints a colour; `under` is the colour that came with it, if any. */
export function patternIsColour(
  judge: Judge,
  pattern: PdfObject,
  caller: {
    resources: PdfDict | undefined;
    under: { space: ColourSpace; values: readonly number[] } | undefined;
  },
): boolean {
  const { resources, under } = caller;
  const dict = isStream(pattern) ? pattern.dict : pattern;
  if (!isDict(dict)) throw new PdfDamage("a pattern is missing");
  if (integerOf(judge.file.get(dict, "PatternType")) === 2) {
    const shading = dict.entries.get("Shading") ?? null;
    return shadingIsColour({ file: judge.file, spaces: judge.spaces, shading, resources });
  }
  if (!isStream(pattern)) throw new PdfDamage("a pattern has no content");
  const own = ownResources(judge, dict) ?? resources;
  if (integerOf(judge.file.get(dict, "PaintType")) === 2) {
    if (under === undefined) return true;
    return !isGrey(under.space, under.values);
  }
  return nested(judge, { stream: pattern, key: "pattern" }, () => ({
    parts: [bytesOf(judge, pattern)],
    resources: own,
    state: initialState(),
    uncoloured: false,
  }));
}

/** Whether any glyph of a Type 3 font (9.6.4) paints a colour in this state. */
export function glyphsAreColour(
  judge: Judge,
  font: PdfDict,
  caller: { resources: PdfDict | undefined; state: PaintState },
): boolean {
  const glyphs = judge.file.get(font, "CharProcs");
  if (!isDict(glyphs)) return false;
  if (glyphs.entries.size > glyphsMax) throw new PdfDamage("a font has too many glyphs");
  const resources = ownResources(judge, font) ?? caller.resources;
  const key = stateKey(caller.state);
  for (const reference of glyphs.entries.values()) {
    const glyph = judge.file.resolve(reference);
    if (!isStream(glyph)) continue;
    const colour = nested(judge, { stream: glyph, key: key && `glyph ${key}` }, () => ({
      parts: [bytesOf(judge, glyph)],
      resources,
      state: { ...caller.state, type3: undefined },
      uncoloured: false,
    }));
    if (colour) return true;
  }
  return false;
}

/** Judges content once for each key, and keeps the pictures that it wants looked at. */
function nested(
  judge: Judge,
  what: { stream: PdfStream; key: string | undefined },
  content: () => Content,
): boolean {
  const { stream } = what;
  const key = what.key === undefined ? undefined : `${stream.number} ${what.key}`;
  const before = key === undefined ? undefined : judge.remembered.get(key);
  const outer = judge.wanted;
  if (before !== undefined) {
    for (const picture of before.wanted) outer.set(picture.stream.number, picture);
    return before.colour;
  }
  if (judge.active.has(stream.number) || judge.active.size >= nestingMax)
    throw new PdfDamage("content calls itself, or is nested too deeply");
  judge.active.add(stream.number);
  judge.wanted = new Map();
  try {
    const colour = judge.content(content());
    const wanted = [...judge.wanted.values()];
    for (const picture of wanted) outer.set(picture.stream.number, picture);
    if (key !== undefined && judge.remembered.size < rememberedMax)
      judge.remembered.set(key, { colour, wanted });
    return colour;
  } finally {
    judge.active.delete(stream.number);
    judge.wanted = outer;
  }
}

/** What a result depends on besides the content; undefined where that cannot be said shortly. */
function stateKey({ fill, stroke, textMode, type3 }: PaintState): string | undefined {
  const parts = [paintKey(fill), paintKey(stroke)];
  if (type3 !== undefined || parts.includes(undefined)) return undefined;
  return `${parts.join(" ")} ${textMode}`;
}

function paintKey({ space, colour }: Paint): string | undefined {
  switch (space.kind) {
    case "grey":
    case "rgb":
    case "cmyk":
      return `${space.kind}${colour ? "+" : "-"}`;
    case "lab":
    case "indexed":
    case "tint":
    case "pattern":
    case "unknown":
      return undefined;
  }
}

function ownResources(judge: Judge, dict: PdfDict): PdfDict | undefined {
  const own = judge.file.get(dict, "Resources");
  return isDict(own) ? own : undefined;
}

function bytesOf(judge: Judge, stream: PdfStream): Uint8Array {
  const decoded = judge.file.decoded(stream, streamBytesMax);
  if (decoded.kind !== "bytes") throw new PdfDamage("content is a picture");
  return decoded.bytes;
}
