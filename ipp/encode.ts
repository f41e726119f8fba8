import type { IppAttribute, IppMessage, IppValue } from "./message.ts";
import {
  endCollectionTag,
  endOfAttributesTag,
  extensionTag,
  highestDelimiterTag,
  memberNameTag,
  valueTag,
} from "./tags.ts";

/** Bytes written so far: the first `length` of `bytes`. */
interface Output {
  bytes: Buffer;
  length: number;
}

const longest = 32_767;

/**
 * Encodes a message (RFC 8010 §3.1); a decoded one gives back the bytes that it came from.
 * Throws RangeError where the message cannot be said in IPP: that is a fault of ours.
 */
export function encode(message: IppMessage): Uint8Array {
  const out: Output = { bytes: Buffer.allocUnsafeSlow(1024), length: 0 };
  byte(out, message.version.major);
  byte(out, message.version.minor);
  short(out, message.code);
  integer(out, message.requestId);
  for (const group of message.groups) {
    const reserved = group.tag < 1 || group.tag > highestDelimiterTag;
    if (reserved || group.tag === endOfAttributesTag) {
      throw new RangeError(`IPP has no group with the tag ${group.tag}.`);
    }
    byte(out, group.tag);
    for (const { name, values } of group.attributes) {
      checkAttribute(name, values);
      values.forEach((value, index) => {
        writeValue(out, value, index === 0 ? name : "");
      });
    }
  }
  byte(out, endOfAttributesTag);
  // A copy, so that a small answer that is kept does not keep the larger working memory.
  return new Uint8Array(out.bytes.subarray(0, out.length));
}

function checkAttribute(name: string, values: readonly IppValue[]): void {
  if (name === "") throw new RangeError("An IPP attribute needs a name.");
  if (values.length === 0) throw new RangeError(`The IPP attribute ${name} needs a value.`);
}

function writeValue(out: Output, value: IppValue, name: string): void {
  byte(out, value.kind === "other" ? unregisteredTag(value.tag) : valueTag[value.kind]);
  string(out, name);
  if ("raw" in value && value.raw !== undefined) {
    countedBytes(out, value.raw);
    return;
  }
  switch (value.kind) {
    case "integer":
    case "enum":
      short(out, 4);
      integer(out, value.value);
      return;
    case "boolean":
      short(out, 1);
      byte(out, value.value ? 1 : 0);
      return;
    case "octetString":
    case "other":
      countedBytes(out, value.value);
      return;
    case "dateTime":
      if (value.value.length !== 11) throw new RangeError("An IPP dateTime has 11 bytes.");
      countedBytes(out, value.value);
      return;
    case "resolution":
      short(out, 9);
      integer(out, value.value.x);
      integer(out, value.value.y);
      byte(out, value.value.units);
      return;
    case "rangeOfInteger":
      short(out, 8);
      integer(out, value.value.lower);
      integer(out, value.value.upper);
      return;
    case "collection":
      short(out, 0);
      writeMembers(out, value.value);
      return;
    case "textWithLanguage":
    case "nameWithLanguage":
      writeWithLanguage(out, value.language, value.value);
      return;
    case "unsupported":
    case "unknown":
    case "noValue":
    case "notSettable":
    case "deleteAttribute":
    case "adminDefine":
      short(out, 0);
      return;
    default:
      string(out, value.value);
  }
}

/** A tag that shapes the message would make the peer read everything after it wrongly. */
function unregisteredTag(tag: number): number {
  const shaping = tag === memberNameTag || tag === endCollectionTag || tag === extensionTag;
  if (tag <= highestDelimiterTag || shaping) {
    throw new RangeError(`The tag ${tag} cannot stand before an IPP value.`);
  }
  return tag;
}

/** RFC 8010 §3.1.6: names are values of their own here, and every name-length is 0. */
function writeMembers(out: Output, members: readonly IppAttribute[]): void {
  for (const { name, values } of members) {
    checkAttribute(name, values);
    byte(out, memberNameTag);
    short(out, 0);
    string(out, name);
    for (const value of values) writeValue(out, value, "");
  }
  byte(out, endCollectionTag);
  short(out, 0);
  short(out, 0);
}

function writeWithLanguage(out: Output, language: string, text: string): void {
  const lengthAt = out.length;
  short(out, 0);
  string(out, language);
  string(out, text);
  const length = out.length - lengthAt - 2;
  if (length > longest) throw tooLong(length);
  out.bytes.writeUInt16BE(length, lengthAt);
}

function reserve(out: Output, count: number): void {
  if (out.length + count <= out.bytes.length) return;
  const grown = Buffer.allocUnsafeSlow(Math.max(2 * out.bytes.length, out.length + count));
  out.bytes.copy(grown, 0, 0, out.length);
  out.bytes = grown;
}

function byte(out: Output, value: number): void {
  reserve(out, 1);
  out.bytes.writeUInt8(value, out.length);
  out.length += 1;
}

function short(out: Output, value: number): void {
  reserve(out, 2);
  out.bytes.writeUInt16BE(value, out.length);
  out.length += 2;
}

function integer(out: Output, value: number): void {
  if (!Number.isInteger(value)) throw new RangeError(`${value} is not an IPP integer.`);
  reserve(out, 4);
  out.bytes.writeInt32BE(value, out.length);
  out.length += 4;
}

function countedBytes(out: Output, bytes: Uint8Array): void {
  if (bytes.length > longest) throw tooLong(bytes.length);
  short(out, bytes.length);
  reserve(out, bytes.length);
  out.bytes.set(bytes, out.length);
  out.length += bytes.length;
}

function string(out: Output, text: string): void {
  if (text.length > longest) throw tooLong(text.length);
  // UTF-8 needs at most three bytes for each UTF-16 unit.
  reserve(out, 2 + 3 * text.length);
  const start = out.length + 2;
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) {
      at = start + out.bytes.write(text, start, "utf8");
      break;
    }
    out.bytes[at] = unit;
    at += 1;
  }
  if (at - start > longest) throw tooLong(at - start);
  out.bytes.writeUInt16BE(at - start, out.length);
  out.length = at;
}

function tooLong(length: number): RangeError {
  return new RangeError(
    `${length} bytes are too long for an IPP value, which has at most ${longest}.`,
  );
}
