/** Digits of the code by which a screen is paired with a terminal. */
export const SCREEN_CODE_DIGITS = 10;

/**
 * What a bridge is told of a code instead of the code. `sha256` gives base64url. Spaces and hyphens that
 * people type between the digits do not count.
 */
export function screenCodeHash(
  terminal: string,
  code: string,
  sha256: (text: string) => string,
): string {
  return sha256(`guichet-screen-code-1\0${terminal}\0${code.replace(/[\s-]/g, "")}`);
}
