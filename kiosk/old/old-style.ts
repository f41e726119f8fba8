import type { Declaration, Plugin, Rule } from "postcss";

/*
 * Says the kiosk's style in the words of Chromium 61. Logical properties have had their prefixed names
 * there from the beginning (and have them still, so that today's browsers show what old ones do); gaps
 * between flexible boxes become margins; what only decorates is left out.
 */

const sides: ReadonlyMap<string, string> = new Map([
  ["inline-start", "start"],
  ["inline-end", "end"],
  ["block-start", "before"],
  ["block-end", "after"],
]);

const places: ReadonlyMap<string, readonly string[]> = new Map([
  ["inset", ["top", "right", "bottom", "left"]],
  ["inset-inline", ["left", "right"]],
  ["inset-block", ["top", "bottom"]],
  ["inset-inline-start", ["left"]],
  ["inset-inline-end", ["right"]],
  ["inset-block-start", ["top"]],
  ["inset-block-end", ["bottom"]],
]);

const leftOut: ReadonlySet<string> = new Set([
  "text-wrap",
  "overscroll-behavior",
  "scrollbar-width",
  "scrollbar-color",
  "text-underline-offset",
  "text-decoration-thickness",
  "forced-color-adjust",
  "border-end-start-radius",
  "border-end-end-radius",
]);

/** What a declaration is there: other declarations, or nothing. The same where it was known already. */
function oldDeclarations(property: string, value: string): readonly (readonly [string, string])[] {
  if (leftOut.has(property)) return [];
  const logical = /^(margin|padding|border)-(inline|block)(-start|-end)?$/.exec(property);
  if (logical !== null) {
    const [, what = "", axis = "", end] = logical;
    const ends = end === undefined ? ["-start", "-end"] : [end];
    const values = what === "border" ? [value, value] : twoOf(value);
    return ends.map((one, index) => [
      `-webkit-${what}-${sides.get(axis + one) ?? ""}`,
      (end === undefined ? values[index] : value) ?? value,
    ]);
  }
  const put = places.get(property);
  if (put !== undefined) return put.map((side) => [side, value]);
  // Weights between the hundreds came with variable fonts (62).
  if (property === "font-weight" && /^\d+$/.test(value))
    return [[property, Number(value) >= 600 ? "700" : "400"]];
  if (property === "font-weight" && value.includes(" ")) return [];
  if (property === "overflow-wrap" && value === "anywhere")
    return [
      [property, "break-word"],
      ["word-break", "break-word"],
    ];
  if (value.startsWith("safe ")) return [[property, "flex-start"]];
  if (property === "justify-content" && value === "end") return [[property, "flex-end"]];
  return [[property, value]];
}

/** The two values of a shorthand; a space within brackets parts nothing. */
function twoOf(value: string): readonly [string, string] {
  const parts = value.match(
    /(?:[^\s(]+(?:\((?:[^()]|\([^()]*\))*\))?|\((?:[^()]|\([^()]*\))*\))+/g,
  ) ?? [value];
  const [first = value, second = first] = parts;
  return [first, second];
}

/** The plugin for PostCSS, which Vite runs over the style. */
export const oldStyle: Plugin = {
  postcssPlugin: "guichet-old-style",
  Once(root) {
    root.walkAtRules("media", (rule) => {
      if (rule.params.includes("forced-colors")) rule.remove();
    });
    root.walkRules((rule) => {
      rule.selector = rule.selector.replace(/:focus-visible/g, ":focus");
      const gap = gapOf(rule);
      for (const node of [...rule.nodes]) if (node.type === "decl") replace(node);
      if (gap !== undefined) rule.after(gap);
    });
    root.walkAtRules("font-face", (rule) => {
      for (const node of [...(rule.nodes ?? [])]) if (node.type === "decl") replace(node);
    });
  },
};

function replace(declaration: Declaration): void {
  const { prop, value } = declaration;
  for (const [name, said] of oldDeclarations(prop, value))
    declaration.before(declaration.clone({ prop: name, value: said }));
  declaration.remove();
}

/** A gap: of a grid by its old name, of flexible boxes as the margins of what lies between. */
function gapOf(rule: Rule): Rule | undefined {
  const gap = rule.nodes.find((node) => node.type === "decl" && /^(column-)?gap$/.test(node.prop));
  if (gap?.type !== "decl") return undefined;
  const { value } = gap;
  if (isGrid(rule)) {
    gap.prop = `grid-${gap.prop}`;
    return undefined;
  }
  gap.remove();
  const [row, column] = twoOf(value);
  const has = (prop: string, said: string) =>
    rule.nodes.some((node) => node.type === "decl" && node.prop === prop && node.value === said);
  const each = (suffix: string) => rule.selectors.map((one) => `${one} > ${suffix}`).join(", ");
  if (has("flex-wrap", "wrap")) {
    const margins = rule.clone({ selector: each("*"), nodes: [] });
    margins.append({ prop: "-webkit-margin-end", value: column });
    margins.append({ prop: "margin-bottom", value: row });
    return margins;
  }
  const margins = rule.clone({ selector: each("* + *"), nodes: [] });
  const isColumn = has("flex-direction", "column");
  margins.append({
    prop: isColumn ? "margin-top" : "-webkit-margin-start",
    value: isColumn ? row : column,
  });
  return margins;
}

/** Whether the boxes lie in a grid, by this rule or another of the same name. */
function isGrid(rule: Rule): boolean {
  let display: string | undefined;
  rule.root().walkRules(rule.selector, (one) => {
    one.walkDecls("display", ({ value }) => {
      display ??= value;
    });
  });
  return display === "grid";
}
