/** The objects of ISO 32000-2, 7.3. Arrays and numbers are JavaScript's own. */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfObject[]
  | PdfDict
  | PdfStream;

export interface PdfName {
  readonly kind: "name";
  readonly name: string;
}

export interface PdfString {
  readonly kind: "string";
  readonly bytes: Uint8Array;
}

export interface PdfRef {
  readonly kind: "ref";
  readonly number: number;
  readonly generation: number;
}

export interface PdfDict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, PdfObject>;
  /** A key came twice: readers differ on which of its values counts. */
  readonly doubled: boolean;
}

export interface PdfStream {
  readonly kind: "stream";
  readonly dict: PdfDict;
  /** Where its bytes begin in the file. */
  readonly start: number;
  readonly number: number;
  readonly generation: number;
}

/** The file is not built as the standard says, here; the message is for the log. */
export class PdfDamage extends Error {
  override readonly name = "PdfDamage";
}

export function isDict(object: PdfObject | undefined): object is PdfDict {
  return isKind(object, "dict");
}

export function isStream(object: PdfObject | undefined): object is PdfStream {
  return isKind(object, "stream");
}

export function isRef(object: PdfObject | undefined): object is PdfRef {
  return isKind(object, "ref");
}

export function isString(object: PdfObject | undefined): object is PdfString {
  return isKind(object, "string");
}

/** The text of a name, or undefined for anything else. */
export function nameOf(object: PdfObject | undefined): string | undefined {
  return isKind(object, "name") && "name" in object ? object.name : undefined;
}

/** A whole number in the range that offsets and counts may have, or undefined. */
export function integerOf(object: PdfObject | undefined): number | undefined {
  return typeof object === "number" && Number.isSafeInteger(object) ? object : undefined;
}

type Kind = "name" | "string" | "ref" | "dict" | "stream";

function isKind<K extends Kind>(
  object: PdfObject | undefined,
  kind: K,
): object is Extract<PdfObject, { kind: K }> {
  return typeof object === "object" && object !== null && "kind" in object && object.kind === kind;
}
