import { type Key, typedBy } from "./key-codes.ts";

/** A key went down or up. Repetitions of a held key are left out by whoever tells. */
export interface KeyStroke {
  readonly key: Key;
  readonly down: boolean;
  /** When it happened, in milliseconds of any clock that does not jump. */
  readonly at: number;
}

/** How a reader that acts as a keyboard is set. */
export interface WedgeSettings {
  /** What it types before each number. Without a prefix any burst may be a number. */
  readonly prefix: string;
  /** The key that it presses after each number; `none` where silence has to do. */
  readonly suffix: "enter" | "tab" | "enter-or-tab" | "none";
  /** The longest pause between two of its keys; a person types slower. Milliseconds. */
  readonly gapMs: number;
  /** The fewest characters of a number, without the prefix. */
  readonly shortest: number;
}

/** Where nothing else sends keys there, as at an input device that only this program reads. */
export const alone: WedgeSettings = {
  prefix: "",
  suffix: "enter-or-tab",
  gapMs: 500,
  shortest: 4,
};

/** Where people type, too, as in a page: strict, so that no typing is ever a card. */
export const amongPeople: WedgeSettings = { ...alone, gapMs: 50, shortest: 6 };

export const longestText = 128;
/** Silence that ends a number of a reader without a suffix, where that is more than its longest pause. */
const silenceMs = 100;

/** A burst of keys so far. */
export interface WedgeState {
  readonly text: string;
  readonly lastAt: number;
  readonly shifts: ReadonlySet<Key>;
  /** Something came that is no part of a number; nothing counts until the burst is over. */
  readonly spoilt: boolean;
}

export const noKeys: WedgeState = { text: "", lastAt: 0, shifts: new Set(), spoilt: false };

export interface WedgeStep {
  readonly state: WedgeState;
  /** What the reader read, if this key ended it, without prefix and suffix. */
  readonly read?: string;
}

/** Takes one key. Pure: the time is in the key. */
export function pushKey(before: WedgeState, stroke: KeyStroke, settings: WedgeSettings): WedgeStep {
  const { key, down, at } = stroke;
  if (key === "ShiftLeft" || key === "ShiftRight") {
    const shifts = new Set(before.shifts);
    if (down) shifts.add(key);
    else shifts.delete(key);
    return { state: { ...before, shifts } };
  }
  if (!down || key === "CapsLock" || key === "NumLock") return { state: before };
  // A pause ends a burst, and this key begins another; a clock that went back is a pause, too.
  const paused = at - before.lastAt > settings.gapMs || at < before.lastAt;
  const state = paused ? { ...before, text: "", spoilt: false } : before;
  if (isSuffix(key, settings.suffix)) return ended({ ...state, lastAt: at }, settings);
  const typed = typedBy(key);
  if (typed === undefined || state.text.length >= longestText)
    return { state: { ...state, text: "", lastAt: at, spoilt: true } };
  const character = state.shifts.size > 0 ? typed.shifted : typed.plain;
  const text = state.spoilt ? "" : state.text + character;
  return { state: { ...state, text, lastAt: at } };
}

/** When to call `flushKeys`, in the time of the keys; undefined when silence ends nothing. */
export function flushKeysAt(state: WedgeState, settings: WedgeSettings): number | undefined {
  if (settings.suffix !== "none" || state.text === "") return undefined;
  return state.lastAt + Math.max(silenceMs, settings.gapMs + 1);
}

/** Ends a number by silence, where no key ends it. */
export function flushKeys(state: WedgeState, at: number, settings: WedgeSettings): WedgeStep {
  const due = flushKeysAt(state, settings);
  return due === undefined || at < due ? { state } : ended(state, settings);
}

/** Whether a burst is under way that may become a card: the page then keeps its keys from others. */
export function mayBeCard(state: WedgeState, settings: WedgeSettings): boolean {
  const { prefix, shortest } = settings;
  if (state.spoilt || state.text === "") return false;
  if (prefix !== "") return state.text.startsWith(prefix);
  return state.text.length >= shortest;
}

function ended(state: WedgeState, { prefix, shortest }: WedgeSettings): WedgeStep {
  const rested: WedgeState = { ...state, text: "", spoilt: false };
  if (state.spoilt || !state.text.startsWith(prefix)) return { state: rested };
  const read = state.text.slice(prefix.length);
  return read.length < shortest ? { state: rested } : { state: rested, read };
}

function isSuffix(key: Key, suffix: WedgeSettings["suffix"]): boolean {
  const enter = key === "Enter" || key === "NumpadEnter";
  switch (suffix) {
    case "enter":
      return enter;
    case "tab":
      return key === "Tab";
    case "enter-or-tab":
      return enter || key === "Tab";
    case "none":
      return false;
  }
}
