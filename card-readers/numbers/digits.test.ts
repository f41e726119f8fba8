import fc from "fast-check";
import { expect, it } from "vitest";
import {
  decimalToHex,
  digitsOfBits,
  firstBits,
  hexToDecimal,
  hexToText,
  lastBits,
  reverseBits,
  reverseBytes,
  swapNibbles,
  textToHex,
} from "./digits.ts";

it.each([
  ["946EBD28", "2490285352", "28BD6E94", "683503252"],
  ["04D7A79A973780", "1363014759954304", "8037979AA7D704", "36089921293244164"],
  ["66CF4DC2", "1724861890", "C24DCF66", "3259879270"],
])(
  "turns %s into %s, and its bytes reversed into %s",
  (hex, decimal, reversed, reversedDecimal) => {
    expect(hexToDecimal(hex)).toBe(decimal);
    expect(decimalToHex(decimal, hex.length)).toBe(hex);
    expect(reverseBytes(hex)).toBe(reversed);
    expect(hexToDecimal(reversed)).toBe(reversedDecimal);
  },
);

it("reads what an EM4102 says of itself", () => {
  expect(hexToDecimal("0F0184F07D")).toBe("64449998973");
  expect(hexToDecimal(lastBits("0F0184F07D", 32) ?? "")).toBe("25489533");
});

it("turns the codes of characters into characters and back", () => {
  expect(hexToText("3934364542443238")).toBe("946EBD28");
  expect(textToHex("946EBD28")).toBe("3934364542443238");
  expect(hexToText("0D0A")).toBeUndefined();
});

it("keeps no more of left-aligned bits than there are", () => {
  expect(firstBits("05000980", 26)).toBe("0140026");
  expect(firstBits("05", 26)).toBeUndefined();
  expect(digitsOfBits(16)).toBe(5);
});

it("mirrors bits and swaps digits within each byte", () => {
  expect(reverseBits("0F01")).toBe("F080");
  expect(swapNibbles("946E")).toBe("49E6");
});

it("is its own way back, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 32 }), (bytes) => {
      const hex = Buffer.from(bytes).toString("hex").toUpperCase();
      for (const turn of [reverseBytes, reverseBits, swapNibbles])
        expect(turn(turn(hex) ?? "")).toBe(hex);
      expect(decimalToHex(hexToDecimal(hex) ?? "", hex.length)).toBe(hex);
      expect(hexToText(textToHex(hex) ?? "")).toBe(hex);
    }),
    { seed: 5 },
  );
});

it.each(["", "12G4", "ABC", "9".repeat(129), "ÄÖ"])("has no bytes for %j", (text) => {
  expect(reverseBytes(text)).toBeUndefined();
});
