import type { VirtualCard } from "./virtual-reader.ts";

/** How readers that send lines write a card. */
export const lineForms = {
  /** As TWN4 writes it: the number's hex, whole bytes, and CR. */
  standard: (card: VirtualCard) => `${hexNumber(card)}\r`,
  /** As the TWN3 MultiISO module does. */
  crlf: (card: VirtualCard) => `${hexNumber(card)}\r\n`,
  /** The TWN3 module for HID Prox: how many bits, and the bits from the left. */
  bitCount: ({ id, bits }: VirtualCard) => `${hex(Uint8Array.of(bits))}${hex(id)}\r`,
  /** The TWN3 IndiTag module: a sum makes the bytes 0 together. */
  indiTag: ({ id }: VirtualCard) => {
    const sum = id.reduce((total, byte) => total + byte, 0);
    return `:${hex(id)}${hex(Uint8Array.of(-sum & 0xff))}\r\n`;
  },
  /** RDM6300: five bytes, and the exclusive or of them, between STX and ETX. */
  rdm6300: ({ id }: VirtualCard) => {
    const check = id.reduce((total, byte) => total ^ byte, 0);
    return `\x02${hex(id)}${hex(Uint8Array.of(check))}\x03`;
  },
} as const;

export type LineForm = keyof typeof lineForms;

/** A stripe with this number on its track 2. */
export function stripe(number: string): string {
  return `;${number}=99121010000000000?\r`;
}

function hexNumber({ id, bits }: VirtualCard): string {
  const value = BigInt(`0x${hex(id)}`) >> BigInt(id.length * 8 - bits);
  return value
    .toString(16)
    .toUpperCase()
    .padStart(id.length * 2, "0");
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").toUpperCase();
}
