/**
 * The messages between a program and pcscd, the smart card service of Linux and the BSDs, over its local
 * socket: a header of size and command, then one structure of fixed length, in the machine's own byte
 * order (all that Node runs on are little-endian). An answer is the same structure, without a header.
 *
 * Versions 4:4 and 4:5 are spoken, which is pcsc-lite 1.8.24 and all since; 2.5 still takes 4:4.
 */
export const commandCode = {
  establish: 0x01,
  connect: 0x04,
  disconnect: 0x06,
  transmit: 0x09,
  version: 0x11,
  wait: 0x13,
} as const;

/** What comes back for each, in bytes; a transmitted answer has its data behind it. */
export const answerLength = {
  establish: 12,
  connect: 152,
  disconnect: 12,
  transmit: 32,
  version: 12,
  /** At once; and again, short, when the table changed. */
  wait: 16 * 184,
} as const;

export const changedLength = 8;

export type PcscdCommand = keyof typeof commandCode;

/** Results that mean something here; others are numbers. */
export const result = {
  success: 0,
  sharingViolation: 0x8010000b,
  serviceStopped: 0x8010001e,
  notAllowed: 0x8010006a,
} as const;

export interface ReaderEntry {
  readonly name: string;
  readonly present: boolean;
  /** Grows with each card that is put there or taken away. */
  readonly events: number;
  readonly atr: Uint8Array;
}

export const version = { major: 4, minor: 4, newestMinor: 5 } as const;
const nameLength = 128;
const entryLength = 184;
const atrLongest = 33;
const presentBit = 0x0004;
const shareShared = 2;
const anyProtocol = 3;
const leaveCard = 0;
/** As the service's own library counts it on 64 bits. */
const pciLength = 16;
/** An answer of a short APDU with its status. */
export const longestAnswer = 258;

export function encodeMessage(command: PcscdCommand, body: Uint8Array): Uint8Array {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt32LE(commandCode[command], 4);
  return Buffer.concat([header, body]);
}

export const versionBody = (minor: number): Uint8Array => words(version.major, minor, 0);
/** For all of this machine's readers. */
export const establishBody = (): Uint8Array => words(2, 0, 0);
export const disconnectBody = (card: number): Uint8Array => words(card, leaveCard, 0);

export function connectBody(context: number, reader: string): Uint8Array {
  const name = Buffer.alloc(nameLength);
  name.write(reader.slice(0, nameLength - 1), "latin1");
  return Buffer.concat([words(context), name, words(shareShared, anyProtocol, 0, 0, 0)]);
}

/** The structure; the bytes of the APDU go out behind it. */
export function transmitBody(card: number, protocol: number, apduLength: number): Uint8Array {
  return words(card, protocol, pciLength, apduLength, 0, pciLength, longestAnswer, 0);
}

export function decodeVersion(answer: Uint8Array): { readonly minor: number; readonly rv: number } {
  return { minor: wordAt(answer, 4), rv: wordAt(answer, 8) };
}

export function decodeEstablish(answer: Uint8Array): {
  readonly context: number;
  readonly rv: number;
} {
  return { context: wordAt(answer, 4), rv: wordAt(answer, 8) };
}

export interface Connected {
  readonly card: number;
  readonly protocol: number;
  readonly rv: number;
}

export function decodeConnect(answer: Uint8Array): Connected {
  const at = 4 + nameLength + 8;
  return { card: wordAt(answer, at), protocol: wordAt(answer, at + 4), rv: wordAt(answer, at + 8) };
}

/** `length` bytes of data follow where it succeeded. */
export function decodeTransmit(answer: Uint8Array): {
  readonly length: number;
  readonly rv: number;
} {
  return { length: wordAt(answer, 24), rv: wordAt(answer, 28) };
}

/** The readers in the service's table; free places in it have no name. */
export function decodeReaders(table: Uint8Array): ReaderEntry[] {
  const entries: ReaderEntry[] = [];
  for (let at = 0; at + entryLength <= table.length; at += entryLength) {
    const entry = table.subarray(at, at + entryLength);
    const name = textOf(entry.subarray(0, nameLength));
    if (name === "") continue;
    const atrLength = Math.min(wordAt(entry, 176), atrLongest);
    entries.push({
      name,
      events: wordAt(entry, 128),
      present: (wordAt(entry, 132) & presentBit) !== 0,
      atr: Uint8Array.from(entry.subarray(140, 140 + atrLength)),
    });
  }
  return entries;
}

function words(...values: readonly number[]): Buffer {
  const body = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    body.writeUInt32LE(value >>> 0, index * 4);
  });
  return body;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

/** Names are shown to people and compared; what is no plain text in them is left out. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("latin1");
  return text.replaceAll(/[^\x20-\x7e]/g, "").trim();
}
