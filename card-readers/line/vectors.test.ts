import { describe, expect, it } from "vitest";
import { type LineForm, lineForms, stripe } from "../../simulator/readers/line-forms.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { emptyLine, pushBytes } from "./line-codec.ts";
import { isPayment } from "./magnetic-stripe.ts";
import { type LineKind, type LineRead, readCard } from "./read-card.ts";

/** What is read of all that a reader said. */
function read(said: string, kind: LineKind = { medium: "rfid" }): LineRead[] {
  const { lines } = pushBytes(emptyLine, Buffer.from(said, "latin1"), 0);
  return lines.map((line) => readCard(line, kind));
}
const texts = (reads: LineRead[]) =>
  reads.flatMap((it) => (it.kind === "card" ? [it.card.text] : []));

const vectors: [LineForm, string, number | undefined, string][] = [
  ["standard", "66CF4DC2", undefined, "66CF4DC2\r"],
  ["standard", "02EC0C86", 26, "02EC0C86\r"],
  ["crlf", "04D7A79A973780", undefined, "04D7A79A973780\r\n"],
  ["indiTag", "1122334455", undefined, ":112233445501\r\n"],
  ["rdm6300", "0F0184F07D", undefined, "\x020F0184F07D07\x03"],
];

describe("a card of a reader that sends lines", () => {
  it.each(vectors)("as %s has the number %s", (form, number, bits, said) => {
    expect(lineForms[form](virtualCard(number, bits))).toBe(said);
    expect(texts(read(said))).toEqual([number]);
  });

  it("that counts its bits has them leftmost", () => {
    const said = "1A808001C0\r";
    expect(lineForms.bitCount(virtualCard("02020007", 26))).toBe(said);
    expect(read(said, { medium: "rfid", countsBits: true })).toMatchObject([
      { card: { text: "02020007", bits: 26, bytes: Uint8Array.of(0x80, 0x80, 0x01, 0xc0) } },
    ]);
    expect(texts(read("1A8080\r66CF4DC2\r", { medium: "rfid", countsBits: true }))).toEqual([]);
  });

  it("is none when its check is wrong or missing", () => {
    expect(texts(read(":112233445502\r\n:11\r\n:\r\n:1122334455\r\n:11223344550G\r\n"))).toEqual(
      [],
    );
    expect(texts(read("\x020F0184F07D08\x03\x020F0184F07E07\x03"))).toEqual([]);
  });

  it("is none when it is what the reader calls itself", () => {
    expect(texts(read("TWN4/B1.08/NCF3.05/PRS1.04\rTWN3 Multi ISO V1\r\n66CF4DC2\r"))).toEqual([
      "66CF4DC2",
    ]);
  });

  it("is none when a module says that there is none", () => {
    expect(read("N\r\n66CF4DC2\r\n")).toMatchObject([
      { kind: "nothing" },
      { card: { text: "66CF4DC2" } },
    ]);
  });

  it("of a scanner is no RFID card, with or without the mark of its kind", () => {
    expect(read("]Q1A1B2C3D4\r")).toMatchObject([
      { card: { text: "A1B2C3D4", medium: "barcode" } },
    ]);
    expect(read("A1B2C3D4\r", { medium: "barcode" })).toMatchObject([
      { card: { medium: "barcode" } },
    ]);
  });
});

describe("a magnetic stripe", () => {
  it("has its number on track 2", () => {
    expect(read(stripe("0012345678"))).toMatchObject([
      { card: { text: "0012345678", medium: "magstripe" } },
    ]);
    expect(
      texts(read("%BLIBRARY^0012^?;0012345678=9912?+123?\r;987654?\r0012345678=9912\r")),
    ).toEqual(["0012345678", "987654", "0012345678"]);
  });

  it("that was swiped badly, or has no number for us, is no card", () => {
    expect(texts(read(";E?\r%E?\r+E?\r%BNAME^X?\r;12345678901234567890=9912?\r;123\r"))).toEqual(
      [],
    );
  });

  it.each([
    "4111111111111111",
    "378282246310005",
    "5555555555554444",
    "6011000990139424",
    "4222222222222",
  ])("of a payment card is refused, and its number is nowhere: %s", (number) => {
    for (const said of [
      stripe(number),
      `%B${number}^NAME/A^9912101000000?\r`,
      `%B${number}^NAME/A^9912101000000?${stripe(number)}`,
      `${number}=99121010000000000\r`,
    ]) {
      const reads = read(said);
      expect(reads).toMatchObject([{ kind: "refused" }]);
      expect(JSON.stringify(reads)).not.toContain(number.slice(4));
    }
  });

  it("is no payment card when its last digit does not fit, or a bank has no such number", () => {
    for (const number of ["4111111111111112", "0012345678", "12345674"])
      expect(isPayment(number)).toBe(false);
  });
});
