import type { PriceRule, Prices } from "../protocol/site.ts";
import {
  type ColourSplit,
  fullSheetsOfFirst,
  impressionsOf,
  type PrintedShape,
  splitOfFirst,
} from "./impressions.ts";
import { addMoney, type Money, timesMoney } from "./money.ts";

export interface Priced {
  particulars: PrintedShape;
  rule: PriceRule;
}

/**
 * The price of the whole job. Throws RangeError when it is more than any account can hold, or when a
 * price of the rule is negative.
 */
export function priceOf({ particulars, rule }: Priced): Money {
  return priceOfFirst({ particulars, rule, impressions: impressionsOf(particulars) });
}

/**
 * The price of the first so many printed sides, copy after copy. Never falls as more come out, and is
 * {@link priceOf} once all did.
 */
export function priceOfFirst(options: Priced & { impressions: number }): Money {
  const { particulars, rule, impressions } = options;
  return priceOfSplit({ particulars, rule, split: splitOfFirst(particulars, impressions) });
}

/**
 * The price of printed sides whose colours the device itself told. Which sheets were used on both sides
 * still follows from the job.
 */
export function priceOfSplit(options: Priced & { split: ColourSplit }): Money {
  const { particulars, rule, split } = options;
  if (rule.grey < 0 || rule.colour < 0 || rule.twoSidedSheetDiscount < 0)
    throw new RangeError("A price of a printed side is negative.");
  const fullSheets = fullSheetsOfFirst(particulars, split.colour + split.grey);
  return addMoney(
    timesMoney(rule.colour, split.colour),
    timesMoney(rule.grey, split.grey),
    timesMoney(-sheetDiscount(rule), fullSheets),
  );
}

/** The rule of a device: its own, or the standard one. */
export function ruleFor(prices: Prices, deviceId: string): PriceRule {
  return Object.hasOwn(prices.devices, deviceId)
    ? (prices.devices[deviceId] ?? prices.standard)
    : prices.standard;
}

/** Never more than the cheaper side: else the back of a sheet would make the whole cheaper. */
function sheetDiscount(rule: PriceRule): Money {
  return Math.min(rule.twoSidedSheetDiscount, rule.grey, rule.colour);
}
