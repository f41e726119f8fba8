/** A key where it sits on a keyboard, whatever is printed on it: as DOM's `KeyboardEvent.code` names it. */
export type Key = string;

export interface Typed {
  readonly plain: string;
  readonly shifted: string;
}

/**
 * Readers that act as a keyboard send the places of keys on a US keyboard. What a place means there is
 * what the reader meant, be the machine set to French or to Greek.
 *
 * Linux code (`input-event-codes.h`), DOM code (UI Events, `KeyboardEvent.code`), plain, with Shift.
 */
const rows: readonly (readonly [first: number, keys: string, plain: string, shifted: string])[] = [
  [
    2,
    "Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0",
    "1234567890",
    "!@#$%^&*()",
  ],
  [12, "Minus Equal", "-=", "_+"],
  [16, "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP", "qwertyuiop", "QWERTYUIOP"],
  [26, "BracketLeft BracketRight", "[]", "{}"],
  [30, "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL", "asdfghjkl", "ASDFGHJKL"],
  [39, "Semicolon Quote Backquote", ";'`", ':"~'],
  [43, "Backslash", "\\", "|"],
  [44, "KeyZ KeyX KeyC KeyV KeyB KeyN KeyM", "zxcvbnm", "ZXCVBNM"],
  [51, "Comma Period Slash", ",./", "<>?"],
  [57, "Space", " ", " "],
  [55, "NumpadMultiply", "*", "*"],
  [71, "Numpad7 Numpad8 Numpad9 NumpadSubtract", "789-", "789-"],
  [75, "Numpad4 Numpad5 Numpad6 NumpadAdd", "456+", "456+"],
  [79, "Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal", "1230.", "1230."],
  [98, "NumpadDivide", "/", "/"],
];

/** Keys that are no characters. */
const others: readonly (readonly [number, Key])[] = [
  [15, "Tab"],
  [28, "Enter"],
  [42, "ShiftLeft"],
  [54, "ShiftRight"],
  [58, "CapsLock"],
  [69, "NumLock"],
  [96, "NumpadEnter"],
];

const typed = new Map<Key, Typed>();
const keysOfLinux = new Map<number, Key>(others);
for (const [first, keys, plain, shifted] of rows)
  for (const [index, key] of keys.split(" ").entries()) {
    typed.set(key, { plain: plain.charAt(index), shifted: shifted.charAt(index) });
    keysOfLinux.set(first + index, key);
  }

/** What a key types on a US keyboard; undefined for keys that type nothing. */
export const typedBy = (key: Key): Typed | undefined => typed.get(key);

/** The key of a code of Linux; a name that types nothing for those that no reader uses. */
export const keyOfLinux = (code: number): Key => keysOfLinux.get(code) ?? `Linux${code}`;

/** The code that Linux has for a key: for simulators, and for who checks the table. */
export function linuxOf(key: Key): number | undefined {
  for (const [code, its] of keysOfLinux) if (its === key) return code;
  return undefined;
}

/** The key, and whether Shift is held, that types a character on a US keyboard. */
export function keyFor(
  character: string,
): { readonly key: Key; readonly shift: boolean } | undefined {
  for (const [key, { plain, shifted }] of typed) {
    if (plain === character) return { key, shift: false };
    if (shifted === character) return { key, shift: true };
  }
  return undefined;
}
