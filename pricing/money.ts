/** Ten-thousandths of the currency unit, always a safe integer: 1.50 is 15000. */
export type Money = number;

/** How many ten-thousandths one unit of the currency has. */
export const MONEY_SCALE = 10_000;
const decimals = 4;
const longestText = 64;

export type ParsedMoney = { kind: "money"; money: Money } | { kind: "refused"; sentence: string };

/**
 * Reads a decimal number, as people and scripts write it (`10`, `-0.05`, `+2.5000`, `1e2`), exactly and
 * without passing through a floating-point number. Refuses more than four decimals that are not zero,
 * and what does not fit a safe integer.
 */
export function parseMoney(text: string): ParsedMoney {
  const match =
    text.length > longestText
      ? null
      : /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (match === null || whole + fraction === "")
    return refused(`"${text.slice(0, longestText)}" is not an amount. Write it like 12.50.`);
  const digits = (whole + fraction).replace(/^0+/, "");
  const zeros = decimals - fraction.length + Number(match[4] ?? "0");
  const scaled = shift(digits, zeros);
  if (scaled === undefined)
    return refused(`${text.trim()} has more than four decimals. Write it with four at most.`);
  const money = Number(scaled);
  if (scaled.length > 16 || !Number.isSafeInteger(money))
    return refused(`${text.trim()} is more than any account can hold.`);
  return { kind: "money", money: match[1] === "-" && money !== 0 ? -money : money };
}

/** Adds amounts. Throws RangeError when the sum leaves the safe integers: no balance wraps silently. */
export function addMoney(...amounts: readonly Money[]): Money {
  return amounts.reduce((sum, amount) => exact(sum + exact(amount)), 0);
}

/** An amount taken `times` times. Throws RangeError when it leaves the safe integers. */
export function timesMoney(amount: Money, times: number): Money {
  const product = exact(exact(amount) * exact(times));
  return product === 0 ? 0 : product;
}

/** The amount as a plain decimal number, with two decimals at least: `12.50`, `-0.0375`. */
export function decimalOf(money: Money): string {
  const digits = Math.abs(exact(money))
    .toString()
    .padStart(decimals + 1, "0");
  const whole = digits.slice(0, -decimals);
  const fraction = digits.slice(-decimals).replace(/0{1,2}$/, "");
  return `${money < 0 ? "-" : ""}${whole}.${fraction}`;
}

/**
 * Makes a formatter of amounts for people. `currency` is an ISO 4217 code, which sets how many decimals
 * are shown at least; more are shown, up to four, where the amount has them, so that a side for 0.025
 * is never shown as another price. Making one is slow: keep it.
 */
export function moneyFormatter(options: {
  currency: string;
  language: string;
}): (money: Money) => string {
  const usual = new Intl.NumberFormat(options.language, {
    style: "currency",
    currency: options.currency,
  });
  const least = usual.resolvedOptions().minimumFractionDigits ?? 2;
  const precise = new Intl.NumberFormat(options.language, {
    style: "currency",
    currency: options.currency,
    minimumFractionDigits: Math.min(least, decimals),
    maximumFractionDigits: decimals,
  });
  return (money) => precise.format(exact(money) / MONEY_SCALE);
}

/** One amount for people; see {@link moneyFormatter}. */
export function formatMoney(options: { money: Money; currency: string; language: string }): string {
  return moneyFormatter(options)(options.money);
}

/** Moves the decimal point right by `zeros`, or left where only zeros fall off; else undefined. */
function shift(digits: string, zeros: number): string | undefined {
  if (digits === "") return "0";
  if (zeros >= 0) return zeros > 32 ? digits.padEnd(48, "0") : digits + "0".repeat(zeros);
  const kept = digits.slice(0, zeros);
  const lost = digits.slice(zeros);
  if (!/^0*$/.test(lost) || digits.length < -zeros) return undefined;
  return kept === "" ? "0" : kept;
}

function exact(value: number): number {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`An amount of money left the safe integers: ${value}.`);
  return value;
}

function refused(sentence: string): ParsedMoney {
  return { kind: "refused", sentence };
}
