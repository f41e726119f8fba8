import { elatecSimple } from "./elatec-simple.ts";
import type { LineForm } from "./line-forms.ts";
import { lineReader } from "./line-reader.ts";
import { networkReader } from "./network-reader.ts";
import { rfIdeasAscii } from "./rfideas-ascii.ts";
import {
  type MakeReader,
  type VirtualReader,
  virtualCard,
  type WiredReader,
} from "./virtual-reader.ts";

/** A virtual reader to which badges are held by the numbers that people know. */
export interface NumberReader extends WiredReader {
  /** Throws a sentence when it has no badges of such a number. */
  hold(card: string): void;
}

export type MakeNumberReader = MakeReader<NumberReader>;

const line =
  (form: LineForm): MakeReader<VirtualReader> =>
  (send) =>
    lineReader({ send, form });

/** The readers that a badge can be held to, by name. */
const kinds = new Map<string, MakeReader<VirtualReader>>([
  ["line", line("standard")],
  ["crlf", line("crlf")],
  ["twn3-prox", line("bitCount")],
  ["inditag", line("indiTag")],
  ["rdm6300", line("rdm6300")],
  ["elatec-simple", (send) => elatecSimple({ send })],
  ["rfideas-ascii", (send) => rfIdeasAscii({ send })],
]);

export const readerKinds: readonly string[] = [...kinds.keys()];

/** A reader of this kind; its badges have whole bytes if it is not said how many bits. Throws a sentence. */
export function readerOfKind(kind: string, bits?: number): MakeNumberReader {
  if (kind === "network") return (send) => networkReader({ send });
  const make = kinds.get(kind);
  if (make === undefined)
    throw new Error(
      `There is no virtual reader ${kind}. There are: network, ${readerKinds.join(", ")}.`,
    );
  return byNumber(make, bits);
}

/** The same reader, to which badges are held by their number in hex. */
export function byNumber(make: MakeReader<VirtualReader>, bits?: number): MakeNumberReader {
  return (send) => {
    const reader = make(send);
    return { ...reader, hold: (card) => reader.hold(virtualCard(card, bits)) };
  };
}
