import type {
  IppAttribute,
  IppGroup,
  IppRange,
  IppResolution,
  IppValue,
  OutOfBandKind,
} from "./message.ts";
import { groupTag } from "./tags.ts";

/** An attribute with one value or, as a 1setOf, several. Throws RangeError when given none. */
export function attribute(name: string, ...values: readonly IppValue[]): IppAttribute {
  if (values.length === 0) throw new RangeError(`The IPP attribute ${name} needs a value.`);
  return { name, values };
}

export function group(tag: number, attributes: readonly IppAttribute[]): IppGroup {
  return { tag, attributes };
}

export interface OperationGroupOptions {
  /** The language of text in this message, and wanted in the answer. */
  readonly language?: string;
}

/**
 * The group that every request and response starts with. The charset and the language come first,
 * in this order: RFC 8011 §4.1.4.
 */
export function operationGroup(
  attributes: readonly IppAttribute[],
  { language = "en" }: OperationGroupOptions = {},
): IppGroup {
  return group(groupTag.operation, [
    attribute("attributes-charset", charset("utf-8")),
    attribute("attributes-natural-language", naturalLanguage(language)),
    ...attributes,
  ]);
}

export function integer(value: number): IppValue {
  return { kind: "integer", value };
}

export function enumeration(value: number): IppValue {
  return { kind: "enum", value };
}

export function boolean(value: boolean): IppValue {
  return { kind: "boolean", value };
}

export function keyword(value: string): IppValue {
  return { kind: "keyword", value };
}

export function keywords(...values: readonly string[]): IppValue[] {
  return values.map(keyword);
}

/** Text of at most 1023 bytes, RFC 8011 §5.1.2; longer text is cut between characters. */
export function text(value: string): IppValue {
  return { kind: "text", value: cut(value, 1023) };
}

/** A name of at most 255 bytes, RFC 8011 §5.1.3; a longer one is cut between characters. */
export function name(value: string): IppValue {
  return { kind: "name", value: cut(value, 255) };
}

export function uri(value: string): IppValue {
  return { kind: "uri", value };
}

export function uriScheme(value: string): IppValue {
  return { kind: "uriScheme", value };
}

export function charset(value: string): IppValue {
  return { kind: "charset", value };
}

export function naturalLanguage(value: string): IppValue {
  return { kind: "naturalLanguage", value };
}

export function mimeMediaType(value: string): IppValue {
  return { kind: "mimeMediaType", value };
}

export function octetString(value: Uint8Array): IppValue {
  return { kind: "octetString", value };
}

export function range(lower: number, upper: number): IppValue {
  const value: IppRange = { lower, upper };
  return { kind: "rangeOfInteger", value };
}

/** Dots per inch; square unless `y` is given. */
export function dotsPerInch(x: number, y: number = x): IppValue {
  const value: IppResolution = { x, y, units: 3 };
  return { kind: "resolution", value };
}

export function collection(value: readonly IppAttribute[]): IppValue {
  return { kind: "collection", value };
}

/** A value that says why there is none, e.g. `noValue` for a time that has not come. */
export function outOfBand(kind: OutOfBandKind): IppValue {
  return { kind };
}

/** An instant as DateAndTime in UTC, to the decisecond: RFC 2579, RFC 8011 §5.1.15. */
export function dateTime(at: Date): IppValue {
  const value = new Uint8Array(11);
  const view = new DataView(value.buffer);
  view.setUint16(0, at.getUTCFullYear());
  view.setUint8(2, at.getUTCMonth() + 1);
  view.setUint8(3, at.getUTCDate());
  view.setUint8(4, at.getUTCHours());
  view.setUint8(5, at.getUTCMinutes());
  view.setUint8(6, at.getUTCSeconds());
  view.setUint8(7, Math.floor(at.getUTCMilliseconds() / 100));
  view.setUint8(8, "+".charCodeAt(0));
  return { kind: "dateTime", value };
}

function cut(value: string, most: number): string {
  const bytes = Buffer.from(value);
  if (bytes.length <= most) return value;
  let end = most;
  // 0b10xxxxxx continues a character: step back to where one starts.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}
