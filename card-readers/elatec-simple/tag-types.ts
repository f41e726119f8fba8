import type { TagTypeMask } from "./commands.ts";

/** The kinds of chip, by the reader's codes. */
const names = new Map([
  [0x40, "EM4102"],
  [0x41, "HITAG1S"],
  [0x42, "HITAG2"],
  [0x43, "EM4150"],
  [0x44, "T55X7"],
  [0x45, "FDXB"],
  [0x46, "EM4026"],
  [0x47, "HITAGU"],
  [0x48, "EM4305"],
  [0x49, "HIDPROX"],
  [0x4a, "TIRIS"],
  [0x4b, "COTAG"],
  [0x4c, "IOPROX"],
  [0x4d, "INDITAG"],
  [0x4e, "HONEYTAG"],
  [0x4f, "AWID"],
  [0x50, "GPROX"],
  [0x51, "PYRAMID"],
  [0x52, "KERI"],
  [0x53, "DEISTER"],
  [0x54, "CARDAX"],
  [0x55, "NEDAP"],
  [0x56, "PAC"],
  [0x57, "IDTECK"],
  [0x58, "ULTRAPROX"],
  [0x59, "ICT"],
  [0x5a, "ISONAS"],
  [0x80, "MIFARE"],
  [0x81, "ISO14443B"],
  [0x82, "ISO15693"],
  [0x83, "LEGIC"],
  [0x84, "HIDICLASS"],
  [0x85, "FELICA"],
  [0x86, "SRX"],
  [0x87, "NFCP2P"],
  [0x88, "BLE"],
  [0x89, "TOPAZ"],
  [0x8a, "CTS"],
  [0x8b, "BLELC"],
]);

const all: TagTypeMask = { lf: 0xffffffff, hf: 0xffffffff };

/** What a kind of chip is called; its code where nobody knows. */
export function tagTypeName(type: number): string {
  return names.get(type) ?? `0x${type.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The names that `tagTypeMask` takes. */
export const tagTypeNames: readonly string[] = [...names.values()];

/** Which bits to set so that these kinds are looked for, and no others; all of them when none is named. */
export function tagTypeMask(wanted: readonly string[]): TagTypeMask {
  if (wanted.length === 0) return all;
  let lf = 0;
  let hf = 0;
  for (const [type, name] of names) {
    if (!wanted.includes(name)) continue;
    const bit = 1 << (type & 0x1f);
    if (type < 0x80) lf |= bit;
    else hf |= bit;
  }
  return { lf: lf >>> 0, hf: hf >>> 0 };
}

/** The kinds that a mask stands for, in the order of their codes; bits that nobody knows are left out. */
export function tagTypesOf({ lf, hf }: TagTypeMask): string[] {
  return [...names].flatMap(([type, name]) => {
    const bit = 1 << (type & 0x1f);
    return ((type < 0x80 ? lf : hf) & bit) === 0 ? [] : [name];
  });
}
