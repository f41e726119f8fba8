import type { Candidate } from "./driver.ts";

/** What is known of a reader by its USB socket alone. */
export interface Fingerprint {
  readonly vendorId: number;
  /** Any of the maker if left out. */
  readonly productId?: number;
  readonly manufacturer?: RegExp;
  readonly product?: RegExp;
}

/** Chips that make a serial line of a USB socket, in readers and in a thousand other things. */
const sharedByMany: readonly { readonly vendorId: number; readonly productId: number }[] = [
  { vendorId: 0x0403, productId: 0x6001 },
  { vendorId: 0x0403, productId: 0x6015 },
  { vendorId: 0x067b, productId: 0x2303 },
  { vendorId: 0x10c4, productId: 0xea60 },
  { vendorId: 0x1a86, productId: 0x7523 },
];

/** Whether these ids say nothing of what is behind them. */
export function isSharedByMany(candidate: Candidate): boolean {
  const { usb } = candidate;
  return sharedByMany.some((it) => it.vendorId === usb?.vendorId && it.productId === usb.productId);
}

/**
 * How well the best of the fingerprints fits: 1 by ids, 2 more when the product's name fits, 1 more for
 * the maker's; 0 when none does. Ids that many products share are worth nothing without a name.
 */
export function scoreOf(fingerprints: readonly Fingerprint[], candidate: Candidate): number {
  const { usb } = candidate;
  if (usb === undefined) return 0;
  const named = (pattern: RegExp | undefined, text: string | undefined) =>
    pattern !== undefined && text !== undefined && pattern.test(text);
  const scores = fingerprints.map((it) => {
    if (it.vendorId !== usb.vendorId) return 0;
    if (it.productId !== undefined && it.productId !== usb.productId) return 0;
    const score =
      1 +
      (named(it.product, usb.product) ? 2 : 0) +
      (named(it.manufacturer, usb.manufacturer) ? 1 : 0);
    return score === 1 && isSharedByMany(candidate) ? 0 : score;
  });
  return Math.max(0, ...scores);
}

/** A score by fingerprints, for readers that are plugged in. */
export const byFingerprint =
  (...fingerprints: readonly Fingerprint[]) =>
  (candidate: Candidate): number =>
    scoreOf(fingerprints, candidate);
