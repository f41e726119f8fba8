import type { CardRead, Feedback, ReaderIdentity, Refused } from "./reader.ts";
import type { ReaderTrouble } from "./transport/trouble.ts";
import type { Wire } from "./transport/wire.ts";

/** How bytes come from a reader: it dials in, is dialled, or is plugged into this machine. */
export type TransportKind = "tcp-listen" | "tcp-dial" | "serial" | "hid" | "input-device" | "pcsc";

/** A place where a reader may be: one that was configured, or something that was found plugged in. */
export interface Candidate {
  readonly transport: TransportKind;
  /** What opens it: the path of a port, `host:port`, or the other side's address. */
  readonly address: string;
  readonly usb?: {
    /** The USB socket, such as `1-1.2`: it stays when ports are numbered anew. */
    readonly socket: string;
    readonly vendorId: number;
    readonly productId: number;
    readonly manufacturer?: string;
    readonly product?: string;
    readonly serialNumber?: string;
    /** Another one each time that something is plugged in, however quickly; where the system has one. */
    readonly deviceNumber?: number;
  };
}

/** What a driver tells while its reader is open. */
export interface DriverEvents {
  readonly onCard: (read: CardRead) => void;
  /** The card that was told last is gone. Only from readers that notice. */
  readonly onRemoved: () => void;
  readonly onRefused?: (refused: Refused) => void;
  /** It cannot be used any more; the owner closes it, and opens it again later. Told once. */
  readonly onTrouble: (trouble: ReaderTrouble) => void;
}

/** What a site sets for its readers of one kind; each driver reads what is its own. */
export type DriverSettings = Readonly<Record<string, unknown>>;

export interface OpenDriver {
  readonly wire: Wire;
  readonly candidate: Candidate;
  readonly events: DriverEvents;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly settings: DriverSettings;
  /** What this driver learned of this reader on earlier connections; kept with the reader's place. */
  readonly learned?: Map<string, unknown>;
}

/** A reader that shook hands and reads cards. */
export interface OpenedReader {
  readonly identity: ReaderIdentity;
  readonly capabilities: {
    /** It can show or sound what became of a card. */
    readonly feedback: boolean;
    /** It notices that a card is taken away. */
    readonly presence: boolean;
    readonly tagType: boolean;
  };
  /** Never fails and never waits: what cannot be shown is not shown. */
  feedback(feedback: Feedback): void;
  /** Leaves the reader as others expect it, and ends the wire. No event comes after. */
  close(): Promise<void>;
}

/** What the file of a driver gives, once it is loaded. */
export interface Driver {
  /**
   * Shakes hands over an open wire. Throws ReaderTrouble: `foreign` or `silent` when this is no reader
   * of this kind; the wire is ended by whoever opened it.
   */
  open(options: OpenDriver): OpenedReader | Promise<OpenedReader>;
}

/** A driver as the registry knows it: nothing of it is loaded yet. */
export interface DriverEntry {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly takes: readonly TransportKind[];
  /** How well it fits, by what is known without opening anything: 0 not at all, 4 for certain. */
  score(candidate: Candidate): number;
  load(): Promise<Driver>;
}
