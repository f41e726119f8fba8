import type { LastCard } from "./ascii-codec.ts";

/** The age beyond which a card was there before we asked, and its holder is not waiting any more. */
const freshMs = 2_000;

/**
 * Whether an answer tells of a card that was not told yet. Readers forget a card that they were asked
 * for, or tell it again with a greater age.
 */
export function isFresh(card: LastCard, before: LastCard | undefined): boolean {
  if (card.ageMs > freshMs) return false;
  return before === undefined || card.number !== before.number || card.ageMs < before.ageMs;
}
