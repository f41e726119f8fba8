import { expect, it } from "vitest";
import { canonicalCardNumber } from "./card-number.ts";

it.each([
  [" 66cf4dc2 ", "66CF4DC2"],
  ["0002490285352", "0002490285352"],
  ["04D7A79A973780", "04D7A79A973780"],
])("makes one number of %j", (text, number) => {
  expect(canonicalCardNumber(text)).toBe(number);
});

it.each(["", "123", "A".repeat(65), "RF IDeas>", "{0x1000;0x00}", "66CF-4DC2", "ÄÖÜ1234"])(
  "takes %j for no card",
  (text) => {
    expect(canonicalCardNumber(text)).toBeUndefined();
  },
);
