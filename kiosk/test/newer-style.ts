/** Properties that Chromium 61 knows, of those that one may think of for a screen. */
const properties = new Set(
  `align-content align-items align-self animation animation-delay background background-color block-size
   border border-bottom border-collapse border-color border-left border-radius border-right border-top
   border-width bottom box-shadow box-sizing clip-path color content cursor display dominant-baseline
   fill flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family
   font-size font-display font-style font-variant-numeric font-weight grid-area grid-auto-flow
   grid-auto-columns scroll-behavior grid-column grid-column-gap grid-gap grid-row grid-row-gap grid-template grid-template-areas
   grid-template-columns grid-template-rows height inline-size justify-content justify-items
   justify-self left letter-spacing line-height list-style margin margin-bottom margin-left
   margin-right margin-top max-block-size max-height max-inline-size max-width min-block-size
   min-height min-inline-size min-width object-fit opacity order outline outline-color outline-offset
   overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right
   padding-top place-items pointer-events position resize right src stroke stroke-dasharray
   stroke-dashoffset stroke-linecap stroke-linejoin stroke-width text-align text-anchor
   text-decoration text-decoration-color text-decoration-line text-overflow text-transform top
   touch-action transform transform-origin transition unicode-range user-select vertical-align
   visibility white-space width word-break z-index`.split(/\s+/),
);
const prefixed =
  /^-webkit-((margin|padding|border)-(start|end|before|after)|box-orient|line-clamp|user-select|tap-highlight-color|appearance)$/;
const functions = new Set(
  `attr calc cubic-bezier format inset minmax polygon repeat rgb rgba rotate scale scaleX translate
   translateX translateY url var`.split(/\s+/),
);
const pseudo = new Set(
  `active after before checked disabled empty first-child first-letter first-of-type focus hover
   last-child last-of-type not nth-child nth-of-type only-child root`.split(/\s+/),
);
const atRules = new Set(["charset", "font-face", "keyframes", "media", "supports"]);
/** Words that are values there only later, or not of every property. */
const newerValues =
  /(^|[\s:])(safe|fit-content|revert|anywhere|clip|\d*\.?\d+(dvh|svh|lvh|dvw|cqw|cqh|lh|rlh))\b/;

/** What of a minified style Chromium 61 does not know. */
export function newerStyle(style: string): string[] {
  const bare = style
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/"[^"]*"/g, '""')
    .replace(/url\([^)]*\)/g, "url()");
  const found = new Set<string>();
  for (const [, name = ""] of bare.matchAll(/@([a-z-]+)/g))
    if (!atRules.has(name)) found.add(`@${name}`);
  for (const [, selector = "", body = ""] of bare.matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    for (const [, name = ""] of selector.replace(/@[^{]*$/, "").matchAll(/::?([a-z-]+)/g))
      if (!pseudo.has(name) && !name.startsWith("-webkit-")) found.add(`:${name}`);
    for (const declaration of body.split(";").filter((one) => one.trim() !== ""))
      for (const one of newerDeclaration(declaration)) found.add(one);
  }
  return [...found];
}

function newerDeclaration(declaration: string): string[] {
  const colon = declaration.indexOf(":");
  const property = declaration.slice(0, colon).trim();
  const value = declaration.slice(colon + 1);
  const found: string[] = [];
  const known = property.startsWith("--") || properties.has(property) || prefixed.test(property);
  if (!known) found.push(property);
  for (const [, name = ""] of value.matchAll(/([a-zA-Z-]+)\(/g))
    if (!functions.has(name)) found.push(`${name}()`);
  if (newerValues.test(value)) found.push(`${property}:${value}`);
  return found;
}
