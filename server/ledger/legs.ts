import type { Money } from "../../pricing/money.ts";
import type { Leg } from "../../protocol/bridge-server.ts";

export type Unit = Leg["unit"];

/** One spelling for the same legs in whatever order. */
export function legsKey(legs: readonly Leg[]): string {
  return legs
    .map(({ account, unit, amount }) => `${account} ${unit} ${amount}`)
    .sort()
    .join("; ");
}

/** Legs with each account once, in their order; undefined where a sum cannot be held. */
export function mergedLegs(legs: readonly Leg[]): Leg[] | undefined {
  const merged = new Map<string, Leg>();
  for (const leg of legs) {
    const key = `${leg.account} ${leg.unit}`;
    const amount = (merged.get(key)?.amount ?? 0) + leg.amount;
    if (!Number.isSafeInteger(amount)) return undefined;
    merged.set(key, { ...leg, amount });
  }
  return [...merged.values()];
}

/** What the legs in money come to, to be shown: held at the largest amount there is. */
export function moneyOf(legs: readonly Leg[]): Money {
  const sum = legs.reduce((money, leg) => money + (leg.unit === "money" ? leg.amount : 0), 0);
  return Math.min(sum, Number.MAX_SAFE_INTEGER);
}
