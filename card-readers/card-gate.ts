/**
 * How often a reader may read. One hold of a badge is one card, the next person's badge is read at
 * once, and whoever tries number after number has to wait longer and longer.
 */
export interface CardGate {
  readonly lastText: string | undefined;
  readonly lastAt: number;
  /** When the next card is taken. */
  readonly openAt: number;
  /** Cards in a row that nobody is known to have; one that is still looked up counts among them. */
  readonly unknown: number;
}

export const newGate: CardGate = {
  lastText: undefined,
  lastAt: Number.NEGATIVE_INFINITY,
  openAt: Number.NEGATIVE_INFINITY,
  unknown: 0,
};

const sameCardMs = 2_000;
/** No hand is faster; a burst of numbers is. */
const betweenMs = 250;
/** Where the waits of whoever tries numbers begin, to be doubled. */
const slowedMs = 2_000;
/** Unknown cards that cost nothing: a class of new pupils at one reader. */
const unknownFree = 10;
const slowestMs = 30_000;

/**
 * What a card is at a gate: let through; the same one, still held there; the next one, sooner than a hand
 * is; or one of somebody who tries numbers, and has to wait.
 */
export type Passage = "admitted" | "same" | "early" | "slowed";

/** Lets a card through, or not. A badge that stays on the reader keeps being the same one. */
export function admitCard(
  gate: CardGate,
  card: { readonly text: string; readonly at: number },
): { readonly gate: CardGate; readonly admitted: boolean; readonly passage: Passage } {
  const { text, at } = card;
  if (text === gate.lastText && at - gate.lastAt < sameCardMs)
    return { gate: { ...gate, lastAt: at }, admitted: false, passage: "same" };
  const over = Math.min(gate.unknown - unknownFree, 10);
  if (at < gate.openAt) return { gate, admitted: false, passage: over > 0 ? "slowed" : "early" };
  const pause = over <= 0 ? betweenMs : Math.min(slowestMs, slowedMs * 2 ** (over - 1));
  const next = { lastText: text, lastAt: at, openAt: at + pause, unknown: gate.unknown + 1 };
  return { gate: next, admitted: true, passage: "admitted" };
}

/** How long whoever tries numbers has to wait now, in milliseconds; 0 where nobody does. */
export function slowedFor(gate: CardGate, at: number): number {
  return gate.unknown > unknownFree ? Math.max(0, gate.openAt - at) : 0;
}

/** What became of the last card; `undecided` when nobody could say. */
export function noteCard(gate: CardGate, what: "known" | "unknown" | "undecided"): CardGate {
  switch (what) {
    case "known":
      return { ...gate, unknown: 0 };
    case "unknown":
      return gate;
    case "undecided":
      return { ...gate, unknown: Math.max(0, gate.unknown - 1) };
  }
}
