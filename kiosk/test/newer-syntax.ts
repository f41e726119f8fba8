import { parseAst } from "vite";

/** Kinds of syntax that Chromium 61 does not know, by the node of the tree and what tells it. */
function newerIn(node: Record<string, unknown>): string | undefined {
  const { type, operator } = node;
  switch (type) {
    case "ChainExpression":
      return "?. (80)";
    case "ImportExpression":
      return "import() (63)";
    case "LogicalExpression":
      return operator === "??" ? "?? (80)" : undefined;
    case "AssignmentExpression":
      return /^(\?\?|&&|\|\|)=$/.test(String(operator)) ? `${String(operator)} (85)` : undefined;
    case "CatchClause":
      return node.param === null ? "catch without a name (66)" : undefined;
    case "PropertyDefinition":
    case "StaticBlock":
    case "PrivateIdentifier":
      return "class fields (72)";
    case "ForOfStatement":
      return node.await === true ? "for await (63)" : undefined;
    case "FunctionExpression":
    case "FunctionDeclaration":
      return node.async === true && node.generator === true ? "async generators (63)" : undefined;
    case "MetaProperty":
      return "import.meta (64)";
    // Chromium 60 knows these; the build is in the language of 2017 all the same.
    case "ObjectExpression":
    case "ObjectPattern":
      return hasRest(node.properties) ? "... in objects (ES2018)" : undefined;
    case "Literal":
      return newerLiteral(node);
    case "Identifier":
      return node.name === "globalThis" ? "globalThis (71)" : undefined;
    default:
      return undefined;
  }
}

function hasRest(properties: unknown): boolean {
  return (
    Array.isArray(properties) &&
    properties.some((one: { type?: string }) => /^(Spread|Rest)Element$/.test(one.type ?? ""))
  );
}

function newerLiteral({ raw, bigint, regex }: Record<string, unknown>): string | undefined {
  if (typeof bigint === "string") return "BigInt (67)";
  if (typeof raw === "string" && /^[\d.]+_/.test(raw)) return "1_000 (75)";
  if (typeof regex !== "object" || regex === null) return undefined;
  const { pattern, flags } = regex as { pattern: string; flags: string };
  const isNewer = /[sdv]/.test(flags) || /\(\?<|\\p\{/i.test(pattern);
  return isNewer ? `/${pattern}/${flags} (62 and later)` : undefined;
}

/** What of a script Chromium 61 could not read, each once. `typeof globalThis` asks, and may. */
export function newerSyntax(script: string): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(one);
    else if (typeof value === "object" && value !== null) {
      const node = value as Record<string, unknown>;
      const newer = newerIn(node);
      if (newer !== undefined) found.add(newer);
      for (const inner of Object.values(node)) look(inner);
    }
  };
  look(parseAst(script));
  return [...found];
}
