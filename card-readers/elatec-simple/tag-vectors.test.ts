import { describe, expect, it } from "vitest";
import { foundTag } from "../../simulator/readers/elatec-answers.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { hexOfBits } from "../card-bits.ts";
import { readWiegand, wiegandFormat } from "../numbers/wiegand.ts";
import { readFoundTag } from "./answers.ts";
import { commands } from "./commands.ts";
import { readTagTypeMask } from "./service-commands.ts";
import { tagTypeMask, tagTypeName, tagTypeNames, tagTypesOf } from "./tag-types.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();
const bytes = (text: string) => Buffer.from(text, "hex");

describe("bits of a number are leftmost", () => {
  it.each([
    ["05000980", "00140026", 10n, 19n],
    ["808001C0", "02020007", 1n, 3n],
    ["BB032180", "02EC0C86", 118n, 1603n],
  ])("26 of %s are %s: facility %i, card %i", (wire, value, facility, number) => {
    expect(hexOfBits(bytes(wire), 26)).toBe(value);
    const card = virtualCard(value, 26);
    expect(hex(card.id)).toBe(wire);
    expect(readFoundTag(foundTag({ type: 0x49, ...card }))).toEqual({
      type: 0x49,
      bits: 26,
      id: Uint8Array.from(bytes(wire)),
    });
    const format = wiegandFormat("H10301");
    expect(format && readWiegand(format, value)).toEqual({
      kind: "card",
      card: { facility, number },
    });
  });
});

/** The codes of the maker's header, and those of newer firmware. */
const codes: [number, string, string][] = [
  [0x40, "EM4102", "0100000000000000"],
  [0x41, "HITAG1S", "0200000000000000"],
  [0x42, "HITAG2", "0400000000000000"],
  [0x43, "EM4150", "0800000000000000"],
  [0x44, "T55X7", "1000000000000000"],
  [0x45, "FDXB", "2000000000000000"],
  [0x46, "EM4026", "4000000000000000"],
  [0x47, "HITAGU", "8000000000000000"],
  [0x48, "EM4305", "0001000000000000"],
  [0x49, "HIDPROX", "0002000000000000"],
  [0x4a, "TIRIS", "0004000000000000"],
  [0x4b, "COTAG", "0008000000000000"],
  [0x4c, "IOPROX", "0010000000000000"],
  [0x4d, "INDITAG", "0020000000000000"],
  [0x4e, "HONEYTAG", "0040000000000000"],
  [0x4f, "AWID", "0080000000000000"],
  [0x50, "GPROX", "0000010000000000"],
  [0x51, "PYRAMID", "0000020000000000"],
  [0x52, "KERI", "0000040000000000"],
  [0x53, "DEISTER", "0000080000000000"],
  [0x54, "CARDAX", "0000100000000000"],
  [0x55, "NEDAP", "0000200000000000"],
  [0x56, "PAC", "0000400000000000"],
  [0x57, "IDTECK", "0000800000000000"],
  [0x58, "ULTRAPROX", "0000000100000000"],
  [0x59, "ICT", "0000000200000000"],
  [0x5a, "ISONAS", "0000000400000000"],
  [0x80, "MIFARE", "0000000001000000"],
  [0x81, "ISO14443B", "0000000002000000"],
  [0x82, "ISO15693", "0000000004000000"],
  [0x83, "LEGIC", "0000000008000000"],
  [0x84, "HIDICLASS", "0000000010000000"],
  [0x85, "FELICA", "0000000020000000"],
  [0x86, "SRX", "0000000040000000"],
  [0x87, "NFCP2P", "0000000080000000"],
  [0x88, "BLE", "0000000000010000"],
  [0x89, "TOPAZ", "0000000000020000"],
  [0x8a, "CTS", "0000000000040000"],
  [0x8b, "BLELC", "0000000000080000"],
];

describe("kinds of chip", () => {
  it.each(codes)("%i is %s, looked for by the mask %s", (code, name, mask) => {
    expect(tagTypeName(code)).toBe(name);
    expect(hex(commands.setTagTypes(tagTypeMask([name])))).toBe(`0502${mask}`);
    const read = readTagTypeMask(bytes(mask));
    expect(read && tagTypesOf(read)).toEqual([name]);
  });

  it("are all that have a name, and others are told by their code", () => {
    expect(codes.map(([, name]) => name)).toEqual(tagTypeNames);
    expect(tagTypeName(0x5b)).toBe("0x5B");
  });

  it("are looked for together", () => {
    const wanted = ["EM4102", "HITAG1S", "HITAG2", "HIDPROX", "MIFARE", "LEGIC", "HIDICLASS"];
    expect(hex(commands.setTagTypes(tagTypeMask(wanted)))).toBe("05020702000019000000");
    const read = readTagTypeMask(bytes("0702000019000000"));
    expect(read && tagTypesOf(read)).toEqual(wanted);
  });

  it("that a reader says it looks for have names", () => {
    const read = readTagTypeMask(bytes("2FFE0700F7000000"));
    expect(read && tagTypesOf(read)).toEqual(
      tagTypeNames.filter(
        (name) =>
          !/^(T55X7|EM4026|HITAGU|EM4305|DEISTER|CARDAX|NEDAP|PAC|IDTECK|ULTRAPROX|ICT|ISONAS|LEGIC|BLE|TOPAZ|CTS|BLELC)$/.test(
            name,
          ),
      ),
    );
    expect(readTagTypeMask(bytes("2FFE0700F70000"))).toBeUndefined();
  });
});
