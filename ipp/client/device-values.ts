import { type AttributeSource, integerOf, stringOf, stringsOf } from "../read.ts";

const longestText = 1_023;
const mostStrings = 500;

/** Text for people and logs: of bounded length, without control characters; undefined when empty. */
export function textOf(source: AttributeSource, name: string): string | undefined {
  const text = stringOf(source, name);
  return text === undefined ? undefined : clean(text) || undefined;
}

/** Keywords, media types and the like, in order. */
export function listOf(source: AttributeSource, name: string): string[] {
  return stringsOf(source, name).slice(0, mostStrings).map(clean);
}

/** State reasons; `none` stands for an empty list, RFC 8011 §5.3.8. */
export function reasonsOf(source: AttributeSource, name: string): string[] {
  return listOf(source, name).filter((reason) => reason !== "none" && reason !== "");
}

/** A count or time; devices say -1 or -2 for what they do not know. */
export function countOf(source: AttributeSource, name: string): number | undefined {
  const value = integerOf(source, name);
  return value !== undefined && value >= 0 ? value : undefined;
}

function clean(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  return plain.slice(0, longestText);
}
