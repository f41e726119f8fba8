import {
  decimalToHex,
  digitsOfBits,
  firstBits,
  hexToDecimal,
  hexToText,
  lastBits,
  longestText,
  reverseBits,
  reverseBytes,
  swapNibbles,
  textToHex,
} from "./digits.ts";
import { countIn, made, refuse, type StepKind, textOr } from "./step.ts";

const notBytes = "it needs whole bytes: an even number of hexadecimal digits";

/** A kind of step that takes no argument. */
function plain(
  name: string,
  told: {
    readonly does: string;
    readonly otherNames?: readonly string[];
    readonly change: (text: string) => string | undefined;
    readonly else: string;
  },
): StepKind {
  const { does, otherNames = [], change } = told;
  return {
    name,
    otherNames,
    usage: name,
    does,
    make: (given) =>
      given.length > 0
        ? refuse("it takes nothing in parentheses")
        : made(name, does, (text) => textOr(change(text), told.else)),
  };
}

/** A kind of step that takes so many bits. */
function ofBits(
  name: string,
  told: {
    readonly says: (count: number) => string;
    readonly change: (text: string, count: number) => string | undefined;
  },
): StepKind {
  return {
    name,
    usage: `${name}(count)`,
    does: told.says(26).replace("26", "so many"),
    make(given) {
      const count = countIn(given[0], { least: 1, most: 512 });
      if (count === undefined || given.length !== 1)
        return refuse(`it takes a number of bits, such as ${name}(26)`);
      return made(`${name}(${count})`, told.says(count), (text) =>
        textOr(told.change(text, count), `it needs ${count} bits in hexadecimal digits`),
      );
    },
  };
}

/** Steps that reckon with digits. */
export const digitSteps: readonly StepKind[] = [
  plain("hex2dec", {
    does: "writes the hexadecimal number in decimal digits",
    change: hexToDecimal,
    else: "it needs hexadecimal digits",
  }),
  {
    name: "dec2hex",
    usage: "dec2hex or dec2hex(digits)",
    does: "writes the decimal number in hexadecimal digits",
    make(given) {
      if (given.length === 0)
        return made("dec2hex", this.does, (text) =>
          textOr(decimalToHex(text), "it needs decimal digits"),
        );
      const digits = countIn(given[0], { least: 1, most: 64 });
      if (digits === undefined || given.length > 1)
        return refuse("it takes a number of digits, such as dec2hex(8)");
      return made(
        `dec2hex(${digits})`,
        `writes the decimal number in hexadecimal digits, ${digits} at least`,
        (text) => textOr(decimalToHex(text, digits), "it needs decimal digits"),
      );
    },
  },
  plain("ascii-enc", {
    does: "takes pairs of hexadecimal digits for the codes of characters",
    otherNames: ["ascii-hex"],
    change: hexToText,
    else: "it needs the codes of characters, two hexadecimal digits each",
  }),
  plain("text2hex", {
    does: "writes the codes of the characters, two hexadecimal digits each",
    change: textToHex,
    else: `it takes ${longestText / 2} characters at most`,
  }),
  plain("reverse-bytes", {
    does: "puts the last byte (two digits) first",
    otherNames: ["reverse"],
    change: reverseBytes,
    else: notBytes,
  }),
  plain("reverse-bits", {
    does: "mirrors the bits within each byte",
    change: reverseBits,
    else: notBytes,
  }),
  plain("swap-nibbles", {
    does: "swaps the two digits of each byte",
    change: swapNibbles,
    else: notBytes,
  }),
  ofBits("first-bits", { says: (count) => `keeps the first ${count} bits`, change: firstBits }),
  ofBits("last-bits", { says: (count) => `keeps the last ${count} bits`, change: lastBits }),
  {
    name: "split",
    usage: "split(bits, bits, …)",
    does: "takes the last bits in parts, each written in decimal digits with zeros in front",
    make(given) {
      const parts = given.map((one) => countIn(one, { least: 1, most: 64 }));
      const sizes = parts.filter((one) => one !== undefined);
      if (sizes.length < 2 || sizes.length > 8 || sizes.length !== parts.length)
        return refuse("it takes two to eight numbers of bits, such as split(8, 16)");
      const text = `split(${sizes.join(", ")})`;
      const says = `takes the last bits in parts of ${sizes.join(" and ")}, each written in decimal digits with zeros in front`;
      return made(text, says, (digits) => textOr(inParts(digits, sizes), `it needs ${text} bits`));
    },
  },
];

function inParts(text: string, sizes: readonly number[]): string | undefined {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const told = lastBits(text, all);
  if (told === undefined) return undefined;
  const value = BigInt(`0x${told}`);
  let left = all;
  return sizes
    .map((size) => {
      left -= size;
      const part = (value >> BigInt(left)) & ((1n << BigInt(size)) - 1n);
      return part.toString().padStart(digitsOfBits(size), "0");
    })
    .join("");
}
