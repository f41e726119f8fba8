import { parseXml, type XmlNode } from "./parse-xml.ts";
import type { RpcValue } from "./value.ts";

export type Call = { method: string; params: RpcValue[] };

type Element = Extract<XmlNode, { kind: "element" }>;

/**
 * Reads a methodCall of XML-RPC (the specification of 1999, with what Apache's and Python's clients do):
 * an untyped value is a string, `i4` and `i8` are `int`. Undefined when it is anything else.
 */
export function readCall(text: string): Call | undefined {
  const document = parseXml(text);
  const call = document === undefined ? undefined : only(document, "methodCall");
  if (call === undefined) return undefined;
  const [name, ...more] = elementsOf(call).filter((one) => one.name === "methodName");
  const method = name === undefined || more.length > 0 ? undefined : textOf(name)?.trim();
  if (method === undefined || !/^[\w.:/-]{1,128}$/.test(method)) return undefined;
  const params: RpcValue[] = [];
  for (const list of elementsOf(call).filter((one) => one.name === "params"))
    for (const param of elementsOf(list)) {
      const holder = param.name === "param" ? only(param.children, "value") : undefined;
      const value = holder === undefined ? undefined : valueIn(holder);
      if (value === undefined) return undefined;
      params.push(value);
    }
  return { method, params };
}

function valueIn(holder: Element): RpcValue | undefined {
  const elements = elementsOf(holder);
  const [typed] = elements;
  if (typed === undefined) return { kind: "string", text: textOf(holder) ?? "" };
  if (elements.length > 1) return undefined;
  switch (typed.name) {
    case "struct":
      return { kind: "struct" };
    case "array":
      return arrayOf(typed);
    default:
      return scalarOf(typed);
  }
}

function arrayOf(array: Element): RpcValue | undefined {
  const data = only(array.children, "data");
  if (data === undefined) return undefined;
  const items: RpcValue[] = [];
  for (const element of elementsOf(data)) {
    const item = element.name === "value" ? valueIn(element) : undefined;
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { kind: "array", items };
}

function scalarOf(typed: Element): RpcValue | undefined {
  const text = textOf(typed);
  if (text === undefined) return undefined;
  switch (typed.name) {
    case "string":
      return { kind: "string", text };
    case "int":
    case "i4":
    case "i8":
      return { kind: "int", text: text.trim() };
    case "double":
    case "boolean":
      return { kind: typed.name, text: text.trim() };
    default:
      return { kind: "other", text };
  }
}

function elementsOf(element: Element): Element[] {
  return element.children.filter((child) => child.kind === "element");
}

/** The text of an element that has nothing but text. */
function textOf(element: Element): string | undefined {
  let text = "";
  for (const child of element.children) {
    if (child.kind === "element") return undefined;
    text += child.text;
  }
  return text;
}

/** The one element of this name, with nothing but white space beside it. */
function only(nodes: readonly XmlNode[], name: string): Element | undefined {
  let found: Element | undefined;
  for (const node of nodes) {
    if (node.kind === "text") {
      if (node.text.trim() !== "") return undefined;
      continue;
    }
    if (found !== undefined || node.name !== name) return undefined;
    found = node;
  }
  return found;
}
