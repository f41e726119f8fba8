/**
 * Track 2 of a magnetic stripe, as readers write it: `;` number, `=` and what else is on it, `?`
 * (ISO/IEC 7811). Tracks 1 and 3 begin with `%` and `+`; an `E` after the sentinel tells a bad swipe.
 */
export type Swipe =
  | { readonly kind: "card"; readonly number: string }
  /** Somebody's money: its number is not ours to have. */
  | { readonly kind: "payment" }
  /** Swiped badly, or no track that has a number for us. */
  | { readonly kind: "nothing" };

const longestNumber = 19;

/** What a line with sentinels is; undefined when it has none, and is no stripe. */
export function readSwipe(line: string): Swipe | undefined {
  if (!/^[%;+]/.test(line)) return undefined;
  // A payment card is one by any of its tracks.
  const onTrack1 = /%[A-Z](\d{13,19})\^/i.exec(line)?.[1];
  if (onTrack1 !== undefined && isPayment(onTrack1)) return { kind: "payment" };
  const number = new RegExp(`;(\\d{1,${longestNumber}})(?:=[\\d=]*)?\\?`).exec(line)?.[1];
  if (number === undefined) return { kind: "nothing" };
  return isPayment(number) ? { kind: "payment" } : { kind: "card", number };
}

/**
 * Whether a number is one that payment cards have, by its length, its last digit, and where both say
 * little, its first one, which names the trade (ISO/IEC 7812).
 */
export function isPayment(number: string): boolean {
  if (!/^(?:\d{15,16}|[2-6]\d{12,18})$/.test(number)) return false;
  let sum = 0;
  [...number].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}
