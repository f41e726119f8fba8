import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMoney, decimalOf, formatMoney, parseMoney, timesMoney } from "./money.ts";

function amount(text: string): number | string {
  const parsed = parseMoney(text);
  return parsed.kind === "money" ? parsed.money : parsed.sentence;
}

describe("an amount that is written", () => {
  it.each([
    ["10", 100_000],
    ["0.05", 500],
    ["-0.05", -500],
    ["+2.5000", 25_000],
    [".5", 5_000],
    ["5.", 50_000],
    ["1.10000000", 11_000],
    ["1e2", 1_000_000],
    ["1.5E-3", 15],
    ["-0", 0],
    ["0e999", 0],
    ["900719925474.0991", Number.MAX_SAFE_INTEGER],
  ])("%s is %i ten-thousandths, exactly", (text, money) => {
    expect(amount(text)).toBe(money);
  });

  it.each(["", ".", "-", "1,5", "ten", "0x10", "NaN", "Infinity", "1e", "1 2", "9".repeat(65)])(
    "%j is refused as no amount",
    (text) => {
      expect(amount(text)).toMatch(/is not an amount/);
    },
  );

  it.each(["0.00001", "1.23456", "1e-5", "5e-7"])("%s is refused for its decimals", (text) => {
    expect(amount(text)).toMatch(/four decimals/);
  });

  it.each(["900719925474.0992", "1e16", "1e999"])("%s is refused as too much", (text) => {
    expect(amount(text)).toMatch(/more than any account/);
  });

  it("comes back the same after it was written out", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (money) => {
        expect(amount(decimalOf(money))).toBe(money === 0 ? 0 : money);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe("an amount that is reckoned with", () => {
  it("is added exactly, and never past what can be told apart", () => {
    expect(addMoney(1_000, 2_000, -500)).toBe(2_500);
    expect(() => addMoney(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
    expect(() => addMoney(0.5)).toThrow(RangeError);
    expect(() => timesMoney(Number.MAX_SAFE_INTEGER, 2)).toThrow(RangeError);
  });
});

describe("an amount that is shown", () => {
  it("follows the currency and the language", () => {
    expect(formatMoney({ money: 15_000, currency: "EUR", language: "en" })).toBe("€1.50");
    expect(
      formatMoney({ money: 15_000, currency: "EUR", language: "fr" }).replace(/\s/g, " "),
    ).toBe("1,50 €");
    expect(formatMoney({ money: 50_000, currency: "JPY", language: "en" })).toBe("¥5");
    expect(formatMoney({ money: -5_000, currency: "EUR", language: "en" })).toBe("-€0.50");
  });

  it("shows what is less than a cent instead of rounding it away", () => {
    expect(formatMoney({ money: 250, currency: "EUR", language: "en" })).toBe("€0.025");
  });

  it("is written plainly with two decimals at least", () => {
    expect([0, 125_000, -375, 10_001].map(decimalOf)).toEqual([
      "0.00",
      "12.50",
      "-0.0375",
      "1.0001",
    ]);
  });
});
