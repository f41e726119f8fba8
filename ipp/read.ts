import type {
  IppAttribute,
  IppGroup,
  IppMessage,
  IppRange,
  IppResolution,
  IppValue,
} from "./message.ts";

/**
 * Readers of what a peer sent. Each gives undefined where the attribute is absent or has another
 * syntax than asked for, so that a peer that sends nonsense is treated like one that sends nothing.
 */

/** The first group with this tag. */
export function groupOf(message: IppMessage, tag: number): IppGroup | undefined {
  return message.groups.find((group) => group.tag === tag);
}

/** All groups with this tag, in order: each job of a list is one. */
export function groupsOf(message: IppMessage, tag: number): IppGroup[] {
  return message.groups.filter((group) => group.tag === tag);
}

/** Where attributes are looked for: a group, or the members of a collection. */
export type AttributeSource = IppGroup | readonly IppAttribute[] | undefined;

/** The first attribute of this name. */
export function attributeOf(source: AttributeSource, name: string): IppAttribute | undefined {
  if (source === undefined) return undefined;
  const attributes = "attributes" in source ? source.attributes : source;
  return attributes.find((attribute) => attribute.name === name);
}

/** All values of the first attribute of this name; none when it is absent. */
export function valuesOf(source: AttributeSource, name: string): readonly IppValue[] {
  return attributeOf(source, name)?.values ?? [];
}

/** The first value of the first attribute of this name. */
export function first(source: AttributeSource, name: string): IppValue | undefined {
  return valuesOf(source, name)[0];
}

/** An integer or enum. */
export function integerOf(source: AttributeSource, name: string): number | undefined {
  return asInteger(first(source, name));
}

export function booleanOf(source: AttributeSource, name: string): boolean | undefined {
  const value = first(source, name);
  return value?.kind === "boolean" ? value.value : undefined;
}

/** Only a keyword; see `stringOf` where a name may stand for one. */
export function keywordOf(source: AttributeSource, name: string): string | undefined {
  const value = first(source, name);
  return value?.kind === "keyword" ? value.value : undefined;
}

/** A string of any syntax: text, name (with a language or not), keyword, URI, media type… */
export function stringOf(source: AttributeSource, name: string): string | undefined {
  return asString(first(source, name));
}

/** All values that are strings of any syntax; empty when there are none. */
export function stringsOf(source: AttributeSource, name: string): string[] {
  return valuesOf(source, name).flatMap((value) => asString(value) ?? []);
}

/** All values that are integers or enums; empty when there are none. */
export function integersOf(source: AttributeSource, name: string): number[] {
  return valuesOf(source, name).flatMap((value) => asInteger(value) ?? []);
}

/** A range; an integer is a range of one, as printers send for e.g. `copies-supported`. */
export function rangeOf(source: AttributeSource, name: string): IppRange | undefined {
  return asRange(first(source, name));
}

/** All values that are ranges or integers; empty when there are none. */
export function rangesOf(source: AttributeSource, name: string): IppRange[] {
  return valuesOf(source, name).flatMap((value) => asRange(value) ?? []);
}

export function resolutionOf(source: AttributeSource, name: string): IppResolution | undefined {
  const value = first(source, name);
  return value?.kind === "resolution" ? value.value : undefined;
}

/** The members of the collection that is the first value. */
export function collectionOf(
  source: AttributeSource,
  name: string,
): readonly IppAttribute[] | undefined {
  const value = first(source, name);
  return value?.kind === "collection" ? value.value : undefined;
}

/** The members of every value that is a collection. */
export function collectionsOf(source: AttributeSource, name: string): (readonly IppAttribute[])[] {
  return valuesOf(source, name).flatMap((value) =>
    value.kind === "collection" ? [value.value] : [],
  );
}

function asInteger(value: IppValue | undefined): number | undefined {
  return value?.kind === "integer" || value?.kind === "enum" ? value.value : undefined;
}

function asRange(value: IppValue | undefined): IppRange | undefined {
  if (value?.kind === "rangeOfInteger") return value.value;
  const single = asInteger(value);
  return single === undefined ? undefined : { lower: single, upper: single };
}

function asString(value: IppValue | undefined): string | undefined {
  switch (value?.kind) {
    case "text":
    case "name":
    case "keyword":
    case "uri":
    case "uriScheme":
    case "charset":
    case "naturalLanguage":
    case "mimeMediaType":
    case "textWithLanguage":
    case "nameWithLanguage":
      return value.value;
    default:
      return undefined;
  }
}
