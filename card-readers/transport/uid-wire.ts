import type { ReaderTrouble } from "./trouble.ts";

/** A reader behind a service of the system that asks cards for their numbers. */
export interface UidWire {
  readonly carries: "uids";
  /** The name that the service gives the reader. */
  readonly address: string;
  /** Whom to tell from now on. */
  listen(events: UidWireEvents): void;
  close(): Promise<void>;
}

export interface UidWireEvents {
  /** Hex, in upper case; `tagType` where the reader tells it. */
  readonly onUid: (uid: string, tagType: string | undefined) => void;
  readonly onRemoved: () => void;
  /** The reader was unplugged, or the service went away. Told once. */
  readonly onClose: (trouble: ReaderTrouble) => void;
}
