import type { ReaderTrouble } from "./transport/trouble.ts";

/** What carries the number. All but `rfid` can be copied by whoever sees it. */
export type Medium = "rfid" | "barcode" | "magstripe" | "wedge";

/** What a driver read. All of it is a secret: it is enough to make a second card. */
export interface CardRead {
  /** As the reader's maker writes the number, or as the reader itself did. */
  readonly text: string;
  /** The number's bits, the first one leftmost, or the bytes of the text where nothing else is known. */
  readonly bytes: Uint8Array;
  /** How many bits of `bytes` count, where the reader tells. */
  readonly bits?: number;
  readonly medium: Medium;
  /** The kind of chip, in the words of the reader's driver. */
  readonly tagType?: string;
}

/** A badge was held to a reader. `text` is the canonical card number. */
export interface Card extends CardRead {
  readonly readerId: string;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** `degraded`: it is there, but cannot be used. */
export type ReaderState = "absent" | "opening" | "ready" | "degraded";

/** What a person at the reader shall notice, where the reader has a light or a beeper. */
export type Feedback = "accepted" | "refused" | "busy" | "offline";

/** What a reader says of itself. */
export interface ReaderIdentity {
  readonly driver: string;
  readonly model: string;
  readonly firmware?: string;
  /** Its own number, which no second one has; not the USB serial number unless the maker keeps it so. */
  readonly unique?: string;
}

/** What a reader of any kind tells its owner. */
export interface ReaderEvents {
  readonly onCard: (card: Card) => void;
  /** The last card was taken away; only from readers that notice. */
  readonly onRemoved?: (readerId: string) => void;
  /** `trouble` says why, where it is not ready. */
  readonly onState: (readerId: string, state: ReaderState, trouble?: ReaderTrouble) => void;
}

/** A reader of any kind, and whatever has become of it. */
export interface Reader {
  readonly id: string;
  state(): ReaderState;
  /** While it is ready. */
  identity(): ReaderIdentity | undefined;
  /** Why it is not ready. */
  trouble(): ReaderTrouble | undefined;
  feedback(feedback: Feedback): void;
  close(): Promise<void>;
}
