import type { DeviceAbilities } from "../../protocol/handling.ts";

/** A program of the site's that turns documents of one format into another. */
export interface Converter {
  readonly from: string;
  readonly to: string;
  /** The program by its full path, then its arguments, in which `{in}` and `{out}` are the files. */
  readonly command: readonly string[];
}

/** How a document gets to a device: as it is, through a converter, or not at all. */
export type Passage =
  | { readonly kind: "as-it-is" }
  | { readonly kind: "through"; readonly converter: Converter }
  | { readonly kind: "none" };

const asItIs: Passage = { kind: "as-it-is" };

/**
 * How a document of a format gets to a device that takes these formats. A device that does not tell
 * them, or tells only that it looks for itself, is given the document as it is.
 */
export function passageOf(
  format: string,
  { formats }: Pick<DeviceAbilities, "formats">,
  converters: readonly Converter[],
): Passage {
  const named = (formats ?? []).filter((one) => one !== "application/octet-stream");
  if (named.length === 0 || named.includes(format)) return asItIs;
  const converter = converters.find(({ from, to }) => from === format && named.includes(to));
  return converter === undefined ? { kind: "none" } : { kind: "through", converter };
}

/** What a device can do, with the formats that converters make it take. */
export function throughConverters(
  abilities: DeviceAbilities,
  converters: readonly Converter[],
): DeviceAbilities {
  const { formats } = abilities;
  if (formats === undefined) return abilities;
  const more = converters.flatMap(({ from, to }) => (formats.includes(to) ? [from] : []));
  return { ...abilities, formats: [...new Set([...formats, ...more])] };
}
