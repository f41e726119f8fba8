import type { KeyStroke } from "../wedge/codec.ts";
import type { ReaderTrouble } from "./trouble.ts";

/** An open keyboard: keys come, and nothing goes there. */
export interface KeyWire {
  readonly carries: "keys";
  /** The path of the input device. */
  readonly address: string;
  /** Its keys reach nothing else on this machine. */
  readonly grabbed: boolean;
  /** Whom to tell from now on. */
  listen(events: KeyWireEvents): void;
  /** Gives the keyboard back to everybody; resolves once it can be opened again. */
  close(): Promise<void>;
}

export interface KeyWireEvents {
  readonly onKeys: (strokes: readonly KeyStroke[]) => void;
  /** It was unplugged. Told once. */
  readonly onClose: (trouble: ReaderTrouble) => void;
}
