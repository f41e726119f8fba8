import type { IppValue, OutOfBandKind, StringKind } from "./message.ts";
import { valueTag } from "./tags.ts";

const outOfBandKinds = new Map<number, OutOfBandKind>(
  (
    ["unsupported", "unknown", "noValue", "notSettable", "deleteAttribute", "adminDefine"] as const
  ).map((kind) => [valueTag[kind], kind]),
);

const stringKinds = new Map<number, StringKind>(
  (
    [
      "text",
      "name",
      "keyword",
      "uri",
      "uriScheme",
      "charset",
      "naturalLanguage",
      "mimeMediaType",
    ] as const
  ).map((kind) => [valueTag[kind], kind]),
);

/** The bytes `[start, end)` of `bytes`, which hold one value. */
interface Span {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Decodes one value that is not a collection (RFC 8010 §3.9). Gives undefined when the length does
 * not fit the tag. Nothing in the result shares memory with `bytes`.
 */
export function decodeValue(
  tag: number,
  bytes: Buffer,
  start: number,
  end: number,
): IppValue | undefined {
  const kind = stringKinds.get(tag);
  if (kind !== undefined) return stringValue(kind, bytes, start, end);
  const length = end - start;
  switch (tag) {
    case valueTag.integer:
      return length === 4 ? { kind: "integer", value: bytes.readInt32BE(start) } : undefined;
    case valueTag.enum:
      return length === 4 ? { kind: "enum", value: bytes.readInt32BE(start) } : undefined;
    case valueTag.boolean:
      return length === 1 ? booleanValue(bytes, start) : undefined;
    case valueTag.octetString:
      return { kind: "octetString", value: copy({ bytes, start, end }) };
    case valueTag.dateTime:
      return length === 11 ? { kind: "dateTime", value: copy({ bytes, start, end }) } : undefined;
    case valueTag.resolution:
      return length === 9 ? resolutionValue(bytes, start) : undefined;
    case valueTag.rangeOfInteger:
      return length === 8 ? rangeValue(bytes, start) : undefined;
    case valueTag.textWithLanguage:
      return withLanguage("textWithLanguage", { bytes, start, end });
    case valueTag.nameWithLanguage:
      return withLanguage("nameWithLanguage", { bytes, start, end });
    default:
      return outOfBandOrOther(tag, { bytes, start, end });
  }
}

/** Text of `[start, end)`, or undefined when it is not UTF-8 and so would not encode to the same. */
export function decodeUtf8(bytes: Buffer, start: number, end: number): string | undefined {
  let at = start;
  while (at < end && (bytes[at] ?? 0) < 0x80) at += 1;
  if (at === end) return bytes.toString("latin1", start, end);
  const text = bytes.toString("utf8", start, end);
  // Every invalid sequence becomes U+FFFD, so text without one came from valid UTF-8.
  if (!text.includes("\uFFFD")) return text;
  return Buffer.from(text).equals(bytes.subarray(start, end)) ? text : undefined;
}

function stringValue(kind: StringKind, bytes: Buffer, start: number, end: number): IppValue {
  const value = decodeUtf8(bytes, start, end);
  if (value !== undefined) return { kind, value };
  return { kind, value: bytes.toString("utf8", start, end), raw: copy({ bytes, start, end }) };
}

function booleanValue(bytes: Buffer, start: number): IppValue {
  const byte = bytes[start] ?? 0;
  if (byte <= 1) return { kind: "boolean", value: byte === 1 };
  return { kind: "boolean", value: true, raw: Uint8Array.of(byte) };
}

function resolutionValue(bytes: Buffer, start: number): IppValue {
  const x = bytes.readInt32BE(start);
  const y = bytes.readInt32BE(start + 4);
  return { kind: "resolution", value: { x, y, units: bytes.readUInt8(start + 8) } };
}

function rangeValue(bytes: Buffer, start: number): IppValue {
  const lower = bytes.readInt32BE(start);
  return { kind: "rangeOfInteger", value: { lower, upper: bytes.readInt32BE(start + 4) } };
}

/** Two counted strings that must fill the value exactly, RFC 8010 §3.9. */
function withLanguage(
  kind: "textWithLanguage" | "nameWithLanguage",
  { bytes, start, end }: Span,
): IppValue | undefined {
  if (end - start < 4) return undefined;
  const languageStart = start + 2;
  const languageEnd = languageStart + bytes.readUInt16BE(start);
  const textStart = languageEnd + 2;
  if (textStart > end) return undefined;
  if (textStart + bytes.readUInt16BE(languageEnd) !== end) return undefined;
  const language = decodeUtf8(bytes, languageStart, languageEnd);
  const value = decodeUtf8(bytes, textStart, end);
  if (language !== undefined && value !== undefined) return { kind, language, value };
  return {
    kind,
    language: bytes.toString("utf8", languageStart, languageEnd),
    value: bytes.toString("utf8", textStart, end),
    raw: copy({ bytes, start, end }),
  };
}

function outOfBandOrOther(tag: number, span: Span): IppValue {
  const kind = outOfBandKinds.get(tag);
  if (kind === undefined) return { kind: "other", tag, value: copy(span) };
  // They ought to be empty, but a device that puts something there still means what the tag says.
  return span.start === span.end ? { kind } : { kind, raw: copy(span) };
}

function copy({ bytes, start, end }: Span): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}
