import { parseMoney } from "../../pricing/money.ts";
import type { PriceRule } from "../../protocol/site.ts";
import { ConfigurationError } from "./load.ts";
import type { Configuration } from "./schema.ts";

type PriceInput = NonNullable<Configuration["prices"]>;

/** Prices as the site has them. Throws ConfigurationError for what is no amount, or below zero. */
export function priceRule(input: PriceInput): PriceRule {
  return {
    grey: amount("grey", input.grey),
    colour: amount("colour", input.colour),
    twoSidedSheetDiscount: amount("twoSidedSheetDiscount", input.twoSidedSheetDiscount ?? "0"),
  };
}

function amount(key: string, input: number | string): number {
  const parsed = parseMoney(String(input));
  if (parsed.kind === "refused")
    throw new ConfigurationError(`The price "${key}": ${parsed.sentence}`);
  if (parsed.money < 0) throw new ConfigurationError(`The price "${key}" is below zero.`);
  return parsed.money;
}
