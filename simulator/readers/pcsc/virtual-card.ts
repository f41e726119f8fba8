import { createConnection, type Socket } from "node:net";

/** A contactless card, as the reader that it is held to shows it. */
export interface VirtualCard {
  /** The answer to reset that the reader makes up for it. */
  readonly atr: Uint8Array;
  /** Undefined for a card that the reader has no number of. */
  readonly uid: Uint8Array | undefined;
}

const getAtr = 4;
const noNumber = Uint8Array.of(0x6a, 0x81);

/** An ISO 14443-4 card: what it has in its answer to reset are its own historical bytes. */
export const smartCard = (uid: Uint8Array): VirtualCard => ({
  atr: Uint8Array.of(0x3b, 0x81, 0x80, 0x01, 0x80, 0x80),
  uid,
});

/** A storage card, of which the reader says that it is a MIFARE Classic 1K. */
export const storageCard = (uid: Uint8Array): VirtualCard => ({
  atr: Uint8Array.from(Buffer.from("3B8F8001804F0CA000000306030001000000006A", "hex")),
  uid,
});

/**
 * Holds a card to the virtual reader of vsmartcard (Debian: vsmartcard-vpcd), which waits for cards at a
 * TCP port: two bytes of length, then a byte of control or a command. Ending the socket takes it away.
 * `onCommand` is told of each command, in hex.
 */
export function holdVirtualCard(options: {
  readonly host: string;
  readonly port: number;
  readonly card: VirtualCard;
  readonly onCommand?: (hex: string) => void;
}): Socket {
  const { host, port, card, onCommand = () => undefined } = options;
  const socket = createConnection({ host, port });
  let had: Buffer = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (bytes) => {
    had = Buffer.concat([had, bytes]);
    while (had.length >= 2 && had.length >= 2 + had.readUInt16BE(0)) {
      const end = 2 + had.readUInt16BE(0);
      const message = had.subarray(2, end);
      had = had.subarray(end);
      const answer = answerTo(card, message);
      if (message.length > 1) onCommand(message.toString("hex"));
      if (answer !== undefined) socket.write(framed(answer));
    }
  });
  return socket;
}

/**
 * What a card says: one byte switches it on or off, or asks for its answer to reset; more are a command.
 * Undefined where it says nothing.
 */
export function answerTo({ atr, uid }: VirtualCard, message: Uint8Array): Uint8Array | undefined {
  if (message.length === 1) return message[0] === getAtr ? atr : undefined;
  const isGetUid = message[0] === 0xff && message[1] === 0xca && message[2] === 0;
  if (!isGetUid || uid === undefined) return noNumber;
  return Uint8Array.from([...uid, 0x90, 0x00]);
}

function framed(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
