import { decodeUtf8, decodeValue } from "./decode-value.ts";
import type { DecodeLimits } from "./limits.ts";
import type { IppMessage, IppValue } from "./message.ts";
import {
  endCollectionTag,
  endOfAttributesTag,
  extensionTag,
  highestDelimiterTag,
  memberNameTag,
  valueTag,
} from "./tags.ts";

interface Attribute {
  name: string;
  values: IppValue[];
}

interface Group {
  tag: number;
  attributes: Attribute[];
}

/** A collection that has begun, and where further values go once it has ended. */
interface OpenCollection {
  members: Attribute[];
  outerValues: IppValue[];
}

type Header = Pick<IppMessage, "version" | "code" | "requestId">;

/** A message half read. Every byte before the next token has been consumed for good. */
export interface Parsing {
  readonly limits: DecodeLimits;
  header: Header | undefined;
  readonly groups: Group[];
  readonly open: OpenCollection[];
  /** The values of the attribute that came last, which one without a name adds to. */
  values: IppValue[] | undefined;
  counted: number;
  consumed: number;
}

export type Step =
  /** `position` is where the next token starts, which needs `needed` bytes before it is worth a look. */
  | { readonly kind: "more"; readonly position: number; readonly needed: number }
  | { readonly kind: "complete"; readonly position: number; readonly message: IppMessage }
  | { readonly kind: "malformed"; readonly reason: string };

const headerLength = 8;

export function startParsing(limits: DecodeLimits): Parsing {
  const nothing = { header: undefined, values: undefined, groups: [], open: [] };
  return { limits, ...nothing, counted: 0, consumed: 0 };
}

/**
 * Reads as many whole tokens (header, delimiter, value) as `bytes` has. Each token is looked at a
 * bounded number of times however slowly it comes, so the work is linear in the bytes.
 */
export function parse(parsing: Parsing, bytes: Buffer): Step {
  let at = 0;
  // What a reason counts from: the first byte of the message, not of this chunk.
  const base = parsing.consumed;
  const more = (needed: number): Step => {
    parsing.consumed = base + at;
    if (base + at + needed <= parsing.limits.maxBytes)
      return { kind: "more", position: at, needed };
    return malformed(`the attributes take more than ${parsing.limits.maxBytes} bytes`);
  };
  const bad = (what: string): Step => malformed(`${what}, at byte ${base + at}`);

  if (parsing.header === undefined) {
    if (bytes.length < headerLength) return more(headerLength);
    parsing.header = readHeader(bytes);
    at = headerLength;
  }
  const { header, limits } = parsing;
  while (at < bytes.length) {
    if (base + at >= limits.maxBytes) return more(1);
    const tag = bytes[at] ?? 0;
    if (tag <= highestDelimiterTag) {
      const trouble = delimiter(parsing, tag);
      if (trouble !== undefined) return bad(trouble);
      at += 1;
      if (tag !== endOfAttributesTag) continue;
      parsing.consumed = base + at;
      return { kind: "complete", position: at, message: { ...header, groups: parsing.groups } };
    }
    if (bytes.length < at + 3) return more(3);
    const nameStart = at + 3;
    const nameLength = bytes.readUInt16BE(at + 1);
    if (nameLength > limits.maxNameLength) return bad(`a name of ${nameLength} bytes`);
    const valueStart = nameStart + nameLength + 2;
    if (bytes.length < valueStart) return more(valueStart - at);
    const valueLength = bytes.readUInt16BE(valueStart - 2);
    if (valueLength > limits.maxValueLength) return bad(`a value of ${valueLength} bytes`);
    const end = valueStart + valueLength;
    if (base + end > limits.maxBytes || bytes.length < end) return more(end - at);
    const trouble =
      nameLength > 0
        ? namedValue(parsing, { tag, bytes, nameStart, valueStart, end })
        : namelessValue(parsing, { tag, bytes, nameStart, valueStart, end });
    if (trouble !== undefined) return bad(trouble);
    at = end;
  }
  return more(1);
}

interface Token {
  readonly tag: number;
  readonly bytes: Buffer;
  readonly nameStart: number;
  readonly valueStart: number;
  readonly end: number;
}

/** What is wrong with a token, in words; undefined when nothing is. */
type Trouble = string | undefined;

function malformed(reason: string): Step {
  return { kind: "malformed", reason };
}

function readHeader(bytes: Buffer): Header {
  const version = { major: bytes.readUInt8(0), minor: bytes.readUInt8(1) };
  return { version, code: bytes.readUInt16BE(2), requestId: bytes.readInt32BE(4) };
}

function delimiter(parsing: Parsing, tag: number): Trouble {
  if (parsing.open.length > 0) return "a group ends inside a collection";
  if (tag === 0) return "the reserved group tag 0";
  parsing.values = undefined;
  if (tag === endOfAttributesTag) return undefined;
  parsing.groups.push({ tag, attributes: [] });
  return count(parsing);
}

function count(parsing: Parsing): Trouble {
  parsing.counted += 1;
  if (parsing.counted <= parsing.limits.maxValues) return undefined;
  return `more than ${parsing.limits.maxValues} values and groups`;
}

function namedValue(parsing: Parsing, token: Token): Trouble {
  if (parsing.open.length > 0) return "a name outside memberAttrName in a collection";
  const group = parsing.groups.at(-1);
  if (group === undefined) return "an attribute before the first group";
  const name = decodeUtf8(token.bytes, token.nameStart, token.valueStart - 2);
  if (name === undefined) return "a name that is not UTF-8";
  const values: IppValue[] = [];
  group.attributes.push({ name, values });
  parsing.values = values;
  return addValue(parsing, values, token);
}

function namelessValue(parsing: Parsing, token: Token): Trouble {
  if (token.tag === memberNameTag) return memberName(parsing, token);
  if (token.tag === endCollectionTag) return endCollection(parsing, token);
  if (parsing.values === undefined) return "a value that belongs to no attribute";
  return addValue(parsing, parsing.values, token);
}

function addValue(parsing: Parsing, values: IppValue[], token: Token): Trouble {
  const { tag, bytes, valueStart, end } = token;
  const trouble = count(parsing);
  if (trouble !== undefined) return trouble;
  if (tag === valueTag.collection) return beginCollection(parsing, values, token);
  if (tag === memberNameTag || tag === endCollectionTag) return "part of a collection outside one";
  if (tag === extensionTag) return "the reserved extension tag";
  const value = decodeValue(tag, bytes, valueStart, end);
  if (value === undefined) {
    return `a value of ${end - valueStart} bytes, which tag 0x${tag.toString(16)} cannot have`;
  }
  values.push(value);
  return undefined;
}

function beginCollection(parsing: Parsing, values: IppValue[], token: Token): Trouble {
  if (token.end !== token.valueStart) return "a begCollection that is not empty";
  if (parsing.open.length >= parsing.limits.maxDepth) {
    return `collections nested more than ${parsing.limits.maxDepth} deep`;
  }
  const members: Attribute[] = [];
  values.push({ kind: "collection", value: members });
  parsing.open.push({ members, outerValues: values });
  parsing.values = undefined;
  return undefined;
}

function memberName(parsing: Parsing, token: Token): Trouble {
  const collection = parsing.open.at(-1);
  if (collection === undefined) return "a memberAttrName outside a collection";
  if (parsing.values?.length === 0) return "a member without a value";
  if (token.end === token.valueStart) return "a member without a name";
  if (token.end - token.valueStart > parsing.limits.maxNameLength)
    return "a member's name too long";
  const name = decodeUtf8(token.bytes, token.valueStart, token.end);
  if (name === undefined) return "a member's name that is not UTF-8";
  parsing.values = [];
  collection.members.push({ name, values: parsing.values });
  return undefined;
}

function endCollection(parsing: Parsing, token: Token): Trouble {
  const collection = parsing.open.pop();
  if (collection === undefined) return "an endCollection outside a collection";
  if (parsing.values?.length === 0) return "a member without a value";
  if (token.end !== token.valueStart) return "an endCollection that is not empty";
  parsing.values = collection.outerValues;
  return undefined;
}
