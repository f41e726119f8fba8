/** One step from what a reader sent to a card number; undefined when it is none. */
export type CardNumberStep = (text: string) => string | undefined;

const shortest = 4;
const longest = 64;

/** Numbers are kept without what lists put between their digits, such as `117-04711`. */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s:.-]/g, "");
}

/**
 * Makes a card number canonical: trimmed, upper-case, letters and digits only, of 4 to 64 characters.
 * Anything else is not a card: an echo, a prompt, a banner, or somebody trying things.
 */
export const canonicalCardNumber: CardNumberStep = (text) => {
  const canonical = text.trim().toUpperCase();
  if (canonical.length < shortest || canonical.length > longest) return undefined;
  return /^[0-9A-Z]+$/.test(canonical) ? canonical : undefined;
};
