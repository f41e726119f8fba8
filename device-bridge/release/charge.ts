import { type ColourSplit, impressionsOf } from "../../pricing/impressions.ts";
import { priceOf, priceOfFirst, priceOfSplit } from "../../pricing/price.ts";
import type { Leg } from "../../protocol/bridge-server.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import type { PriceRule } from "../../protocol/site.ts";
import type { Claim, Payer } from "./release.ts";

/**
 * The claim with what it costs and how it is paid, or undefined when it cannot be paid at all: no
 * account of money, or a price beyond what any account can hold.
 */
export function reckonClaim(options: {
  readonly fence: number;
  readonly particulars: Particulars;
  readonly accounts: readonly Payer[];
  readonly prices: { readonly version: number; readonly rule: PriceRule };
}): Claim | undefined {
  const { fence, particulars, accounts, prices } = options;
  const price = safely(() => priceOf({ particulars, rule: prices.rule }));
  if (price === undefined) return undefined;
  const legs = reserveLegs(price, accounts);
  if (legs === undefined) return undefined;
  return {
    fence,
    particulars,
    wanted: impressionsOf(particulars),
    rule: prices.rule,
    priceVersion: prices.version,
    legs,
  };
}

/**
 * What the first so many printed sides cost, taken from the reserved legs in their order. Where the
 * device counted less in colour than the document's pages are, its word is taken.
 */
export function chargeFor(
  claim: Claim,
  impressions: number,
  split?: ColourSplit,
): { readonly charged: number; readonly legs: Leg[] } {
  const { particulars, rule } = claim;
  const reckoned = priceOfFirst({ particulars, rule, impressions });
  const told = split === undefined ? reckoned : priceOfSplit({ particulars, rule, split });
  const charged = Math.min(reckoned, told);
  let rest = charged;
  const legs: Leg[] = [];
  for (const leg of claim.legs) {
    const amount = Math.min(leg.amount, rest);
    rest -= amount;
    if (amount > 0 || legs.length === 0) legs.push({ ...leg, amount });
  }
  const [firstLeg] = legs;
  if (rest > 0 && firstLeg !== undefined) legs[0] = { ...firstLeg, amount: firstLeg.amount + rest };
  return { charged, legs };
}

/** All that is reserved. */
export function reservedOf(claim: Claim): number {
  return claim.legs.reduce((sum, leg) => sum + leg.amount, 0);
}

/**
 * Takes the price from the accounts in their order, each as far as it goes; what none of them covers
 * is asked of the first, whose owner the server then refuses, or lets go below zero.
 */
function reserveLegs(price: number, accounts: readonly Payer[]): Leg[] | undefined {
  const payers = accounts.filter(({ unit }) => unit === "money");
  const [first] = payers;
  if (first === undefined) return undefined;
  const amounts = new Map<string, number>();
  let rest = price;
  for (const { account, available } of payers) {
    const amount = Math.min(Math.max(0, available), rest);
    amounts.set(account, amount);
    rest -= amount;
  }
  amounts.set(first.account, (amounts.get(first.account) ?? 0) + rest);
  const legs = [...amounts].map(([account, amount]): Leg => ({ account, unit: "money", amount }));
  const paying = legs.filter(({ amount }) => amount > 0);
  return paying.length > 0 ? paying : legs.slice(0, 1);
}

function safely<T>(reckon: () => T): T | undefined {
  try {
    return reckon();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
