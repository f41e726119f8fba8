/** A badge was held to a reader. `text` is the canonical card number; treat it as a secret. */
export interface Card {
  readonly text: string;
  readonly readerId: string;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** `degraded`: it is there, but sends nothing that can be read. */
export type ReaderState = "absent" | "opening" | "ready" | "degraded";

/** What a person at the reader shall notice, where the reader has a light or a beeper. */
export type Feedback = "accepted" | "refused" | "busy" | "offline";

/** What a reader of any kind tells its owner. */
export interface ReaderEvents {
  readonly onCard: (card: Card) => void;
  readonly onState: (readerId: string, state: ReaderState) => void;
}

/** A reader of any kind, once it was opened. */
export interface Reader {
  readonly id: string;
  state(): ReaderState;
  feedback(feedback: Feedback): void;
  close(): void;
}
