import type { Passage } from "./card-gate.ts";
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
  /** What the reader said, before it was made a number. */
  readonly said: string;
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

/** Something that a reader said, whether it became a card or not. */
export interface Reading {
  readonly readerId: string;
  /** Monotonic milliseconds. */
  readonly at: number;
  readonly read: CardRead;
  /** The canonical card number, where it is one. */
  readonly number: string | undefined;
  readonly passage: Passage | "no-card" | "flood";
}

/** Somebody tries number after number at a reader, or it sends what no hand does. */
export interface ReaderUnderSiege {
  /** Cards in a row that nobody has. */
  readonly unknown: number;
  /** Readings that were turned away, ever. */
  readonly turnedAway: number;
  /** Until the next card is taken. */
  readonly waitMs: number;
}

/**
 * Something was read that is no card. `no-badge`: it shall be none, such as a payment card. `part`: it may
 * be only a part of a card's number, and the card is to be tapped again. No number is in the sentence.
 */
export interface Refused {
  readonly kind: "no-badge" | "part";
  readonly sentence: string;
}

/** What a reader of any kind tells its owner. */
export interface ReaderEvents {
  readonly onCard: (card: Card) => void;
  /** Every reading, for whoever looks for a mistake. */
  readonly onReading?: (reading: Reading) => void;
  /** So many readings were turned away: too fast, or number after number. Told once a minute at most. */
  readonly onFlood?: (readerId: string, turnedAway: number) => void;
  /** The last card was taken away; only from readers that notice. */
  readonly onRemoved?: (readerId: string) => void;
  readonly onRefused?: (readerId: string, refused: Refused) => void;
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
