/**
 * How often a reader may read. One hold of a badge is one card, nobody badges faster than once a
 * second, and whoever tries number after number has to wait longer and longer.
 */
export interface CardGate {
  readonly lastText: string | undefined;
  readonly lastAt: number;
  /** When the next card is taken. */
  readonly openAt: number;
  /** Cards in a row that nobody knew. */
  readonly unknown: number;
}

export const newGate: CardGate = {
  lastText: undefined,
  lastAt: Number.NEGATIVE_INFINITY,
  openAt: Number.NEGATIVE_INFINITY,
  unknown: 0,
};

const sameCardMs = 2_000;
const betweenMs = 1_000;
/** Unknown cards that cost nothing: a class of new pupils at one reader. */
const unknownFree = 10;
const slowestMs = 30_000;

/** Lets a card through, or not. A badge that stays on the reader keeps being the same one. */
export function admitCard(
  gate: CardGate,
  card: { readonly text: string; readonly at: number },
): { readonly gate: CardGate; readonly admitted: boolean } {
  const { text, at } = card;
  if (text === gate.lastText && at - gate.lastAt < sameCardMs)
    return { gate: { ...gate, lastAt: at }, admitted: false };
  if (at < gate.openAt) return { gate, admitted: false };
  const over = Math.max(0, gate.unknown - unknownFree);
  const pause = Math.min(slowestMs, betweenMs * 2 ** Math.min(over, 10));
  return { gate: { ...gate, lastText: text, lastAt: at, openAt: at + pause }, admitted: true };
}

/** What became of the last card. */
export function noteKnown(gate: CardGate, known: boolean): CardGate {
  return { ...gate, unknown: known ? 0 : gate.unknown + 1 };
}
