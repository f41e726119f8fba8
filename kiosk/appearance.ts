import type { Appearance } from "../protocol/site.ts";

/** CSS custom properties that carry the site's colour. */
export type Colours = { accent: string; accentInk: string; accentDeep: string };

type Rgb = readonly [number, number, number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance (WCAG 2.2, definition). */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** Contrast of two colours given as `#rrggbb` (WCAG 2.2, definition): 1 to 21. */
export function contrast(one: string, other: string): number {
  return ratio(parse(one), parse(other));
}

function ratio(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** In whole steps, as it will be written. */
function darker([r, g, b]: Rgb): Rgb {
  return [Math.floor(r * 0.93), Math.floor(g * 0.93), Math.floor(b * 0.93)];
}

/**
 * The site's accent as it can be used safely, from any `#rrggbb`: the fill of buttons with an ink that
 * can be read on it (4.5:1 at least, whichever of black and white is better), and a deep form that can
 * be read as text on the screen's ground (7:1), which is the same hue made darker.
 */
export function coloursOf(accent: string): Colours {
  const fill = parse(accent);
  const ground: Rgb = [0xee, 0xf1, 0xef];
  let deep = fill;
  for (let step = 0; step < 40 && ratio(deep, ground) < 7; step += 1) deep = darker(deep);
  return {
    accent: hexOf(fill),
    accentInk: hexOf(ratio(white, fill) >= ratio(black, fill) ? white : black),
    accentDeep: hexOf(deep),
  };
}

/** Puts the site's name and colour on the page. */
export function applyAppearance(appearance: Appearance, page: Document): void {
  page.title = appearance.name;
  if (appearance.accent === undefined) return;
  const colours = coloursOf(appearance.accent);
  const style = page.documentElement.style;
  style.setProperty("--accent", colours.accent);
  style.setProperty("--accent-ink", colours.accentInk);
  style.setProperty("--accent-deep", colours.accentDeep);
}
