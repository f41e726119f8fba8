import { XMLParser, XMLValidator } from "fast-xml-parser";
import { decodeXmlText } from "./xml-text.ts";

/** An element, or a piece of text between elements. */
export type XmlNode =
  | { kind: "element"; name: string; children: XmlNode[] }
  | { kind: "text"; text: string };

const DEPTH_AT_MOST = 32;
const TAGS_AT_MOST = 5_000;
const TEXT = "#text";
const CDATA = "#cdata";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  // Entities are decoded by us, and only those that XML itself has: none can be declared to grow.
  processEntities: false,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  maxNestedTags: DEPTH_AT_MOST,
});

/**
 * Parses a small document of elements and text. Refuses document type declarations, whatever they hold,
 * deep nesting, very many tags, unknown entities and what is not well-formed: undefined then.
 */
export function parseXml(text: string): XmlNode[] | undefined {
  if (/<!(?!\[CDATA\[|--)/.test(text) || hasTooManyTags(text)) return undefined;
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    const parsed: unknown = parser.parse(text);
    return nodesOf(parsed);
  } catch {
    // The parser throws for what it does not like, with messages about itself.
    return undefined;
  }
}

/** Counts before anything is built: a megabyte of tiny tags would keep everybody waiting for seconds. */
function hasTooManyTags(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) {
    count += 1;
    if (count > TAGS_AT_MOST) return true;
  }
  return false;
}

function nodesOf(parsed: unknown): XmlNode[] | undefined {
  if (!Array.isArray(parsed)) return undefined;
  const nodes: XmlNode[] = [];
  for (const one of parsed) {
    const node = nodeOf(one);
    if (node === undefined) return undefined;
    nodes.push(node);
  }
  return nodes;
}

function nodeOf(one: unknown): XmlNode | undefined {
  if (typeof one !== "object" || one === null) return undefined;
  const [name, value] = Object.entries(one).find(([key]) => key !== ":@") ?? [];
  if (name === undefined) return undefined;
  if (name === TEXT) {
    const text = decodeXmlText(String(value));
    return text === undefined ? undefined : { kind: "text", text };
  }
  const children = name === CDATA ? rawText(value) : nodesOf(value);
  if (children === undefined) return undefined;
  return name === CDATA
    ? {
        kind: "text",
        text: children.map((node) => (node.kind === "text" ? node.text : "")).join(""),
      }
    : { kind: "element", name, children };
}

/** The content of CDATA is text as it stands. */
function rawText(value: unknown): XmlNode[] {
  const parts: unknown[] = Array.isArray(value) ? value : [];
  return parts.map((part) => {
    const text: unknown =
      typeof part === "object" && part !== null && TEXT in part ? part[TEXT] : "";
    return { kind: "text", text: String(text) };
  });
}
