import type { PdfFile } from "../pdf/pdf-file.ts";
import type { PdfDict, PdfStream } from "../pdf/pdf-object.ts";
import type { ColourSpace } from "./colour-space.ts";
import type { PixelLayout } from "./pixel-check.ts";
import type { ColourSpaces } from "./read-colour-space.ts";

/** What the next fill or stroke would lay down. */
export interface Paint {
  space: ColourSpace;
  colour: boolean;
}

/** The part of the graphics state that decides on colour (ISO 32000-2, 8.4). */
export interface PaintState {
  fill: Paint;
  stroke: Paint;
  /** 3 and 7 paint nothing (9.3.6). */
  textMode: number;
  /** The current font, if its glyphs are drawn by content streams that may have colours. */
  type3: PdfDict | undefined;
}

/** A picture that must be looked through before its page can be called grey. */
export type Picture =
  | { kind: "pixels"; stream: PdfStream; layout: PixelLayout }
  | { kind: "jpeg"; stream: PdfStream };

/** Content to be judged: a page's, or what it calls. */
export interface Content {
  parts: readonly Uint8Array[];
  resources: PdfDict | undefined;
  state: PaintState;
  /** Its colours are ignored: it is painted in the current one (an uncoloured pattern or glyph). */
  uncoloured: boolean;
}

/** Judges content of one file; remembers what many pages share. */
export interface Judge {
  readonly file: PdfFile;
  readonly spaces: ColourSpaces;
  /** Pictures met on the way that are not decided yet, by object number. */
  wanted: Map<number, Picture>;
  /** Nested content that is being judged: what calls itself is in here twice. */
  readonly active: Set<number>;
  readonly remembered: Map<string, { colour: boolean; wanted: readonly Picture[] }>;
  /** Whether the content paints a colour. Throws PdfDamage when nobody can tell. */
  content(content: Content): boolean;
}

export const streamBytesMax = 32 * 1024 * 1024;

export function initialState(): PaintState {
  const black: Paint = { space: { kind: "grey" }, colour: false };
  return { fill: black, stroke: black, textMode: 0, type3: undefined };
}
