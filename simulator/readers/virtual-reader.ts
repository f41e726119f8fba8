/** A badge, as a virtual reader holds it in its field. */
export interface VirtualCard {
  /** The number's bits, the first one leftmost. */
  readonly id: Uint8Array;
  readonly bits: number;
}

/** What a virtual reader is to whatever carries its bytes. */
export interface WiredReader {
  /** What the host sent; answers go to `send`. */
  hear(bytes: Uint8Array): void;
  /** The badge that is on it is taken away again. */
  remove(): void;
  /** No connection, and no card, for good. */
  close(): void;
}

/** A virtual reader to which badges are held. */
export interface VirtualReader extends WiredReader {
  /** A badge is put on it, and stays there. */
  hold(card: VirtualCard): void;
}

/** How a virtual reader is made: it gets to know where its bytes go. */
export type MakeReader<Reader extends WiredReader> = (
  send: (bytes: Uint8Array | string) => void,
) => Reader;

/**
 * The badge with this number, in hex; whole bytes if it is not said how many bits it has. Throws a
 * sentence when it is no hex.
 */
export function virtualCard(number: string, bits?: number): VirtualCard {
  if (!/^[0-9A-F]{2,32}$/i.test(number))
    throw new Error(`A badge's number for this reader is hex, such as 66CF4DC2, not ${number}.`);
  const whole = number.length + (number.length % 2);
  const count = bits ?? whole * 4;
  const bytes = Math.ceil(count / 8);
  const value = BigInt(`0x${number}`) << BigInt(bytes * 8 - count);
  const hex = value.toString(16).padStart(bytes * 2, "0");
  if (hex.length > bytes * 2) throw new Error(`${number} does not fit in ${count} bits.`);
  return { id: Buffer.from(hex, "hex"), bits: count };
}
