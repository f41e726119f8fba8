/** What is known of a sender that ends no line: what it sent when only silence followed. */
export interface Silence {
  /** Of its cards, the longest that was seen twice: what is so long is no part of another. */
  readonly longest: number;
  /** What silence followed last, without being believed; milliseconds. */
  readonly last: { readonly text: string; readonly at: number } | undefined;
}

export const unheard: Silence = { longest: 0, last: undefined };

/** Within this the same card is tapped again by whoever was asked to. */
const againMs = 60_000;

/**
 * Whether silence after a text is its end, or may be a pause of the network in the middle of a number.
 * It is the end where the same came twice, one after the other, or where it is as long as the longest
 * card that did: a part of a card is shorter. So a reader that ends no lines is learned by its first
 * card, and its shorter cards are tapped twice. `isBegun`: something unfinished came before it.
 */
export function judgeSilence(
  known: Silence,
  heard: { readonly text: string; readonly at: number; readonly isBegun: boolean },
): { readonly silence: Silence; readonly isEnd: boolean } {
  const { text, at, isBegun } = heard;
  const { longest, last } = known;
  const isAgain = last !== undefined && last.text === text && at - last.at <= againMs;
  if (isAgain || (!isBegun && text.length === longest))
    return {
      silence: { longest: Math.max(longest, text.length), last: undefined },
      isEnd: true,
    };
  return { silence: { longest, last: { text, at } }, isEnd: false };
}

/** A connection that broke says that what silence followed there was no whole card. */
export function afterBreak({ longest }: Silence): Silence {
  return { longest, last: undefined };
}
