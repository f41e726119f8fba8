import type { FeatureWire } from "./feature-wire.ts";
import type { KeyWire } from "./key-wire.ts";
import type { ReaderTrouble } from "./trouble.ts";
import type { UidWire } from "./uid-wire.ts";

/** An open connection, of bytes that mean nothing yet: a socket or a serial line. */
export interface ByteWire {
  readonly carries: "bytes";
  /** Where it leads: the other side's IP address, or the path of the port. */
  readonly address: string;
  /** Whom to tell from now on. Nothing is read before, so nothing is lost until then. */
  listen(events: WireEvents): void;
  /** Sends if the other side takes it; a reader that does not listen costs nothing. Text goes as Latin-1. */
  write(bytes: Uint8Array | string): void;
  /** Throws away what came in and was not read yet. */
  discard(): Promise<void>;
  /** Ends it; resolves once it can be opened again. `onClose` is not told of it. */
  close(): Promise<void>;
}

export interface WireEvents {
  readonly onBytes: (bytes: Uint8Array) => void;
  /** The other side ended it, or the reader was unplugged. Told once. */
  readonly onClose: (trouble: ReaderTrouble) => void;
}

/** What a driver gets to speak over. Other kinds of connection join here, told apart by `carries`. */
export type Wire = ByteWire | FeatureWire | KeyWire | UidWire;

/** The wire, which the registry says carries bytes. */
export function bytesOf(wire: Wire): ByteWire {
  if (wire.carries !== "bytes") throw new Error("This driver speaks over bytes only.");
  return wire;
}

/** The wire, which the registry says carries numbers of cards. */
export function uidsOf(wire: Wire): UidWire {
  if (wire.carries !== "uids") throw new Error("This driver speaks over numbers of cards only.");
  return wire;
}
