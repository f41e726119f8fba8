import { elatecSimple } from "./elatec-simple.ts";
import type { LineForm } from "./line-forms.ts";
import { lineReader } from "./line-reader.ts";
import { dialAsReader } from "./over-tcp.ts";
import { rfIdeasAscii } from "./rfideas-ascii.ts";
import { type MakeReader, type VirtualReader, virtualCard } from "./virtual-reader.ts";

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

/**
 * Holds a badge to a virtual reader of this kind, which dials the bridge, and takes it away again. The
 * bridge must know the reader's driver. Rejects with a sentence.
 */
export async function tapAs(options: {
  readonly kind: string;
  readonly host: string;
  readonly port: number;
  readonly card: string;
  /** How long a bridge gets to shake hands. */
  readonly greetMs?: number;
  readonly holdMs?: number;
}): Promise<void> {
  const { kind, host, port, card, greetMs = 2_000, holdMs = 1_000 } = options;
  const make = kinds.get(kind);
  if (make === undefined)
    throw new Error(`There is no virtual reader ${kind}. There are: ${readerKinds.join(", ")}.`);
  const held = virtualCard(card);
  const { reader, unplug } = await dialAsReader(make, { host, port }).catch((cause: Error) => {
    const sentence = `Nobody takes a badge at ${host}, port ${port}: ${cause.message}.`;
    throw new Error(sentence, { cause });
  });
  await pause(greetMs);
  reader.hold(held);
  await pause(holdMs);
  reader.remove();
  await unplug();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
