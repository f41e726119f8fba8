import { dialAsReader } from "./over-tcp.ts";
import { readerOfKind } from "./reader-kinds.ts";
import { virtualCard } from "./virtual-reader.ts";

/**
 * Holds a badge to a virtual reader of this kind, which dials the bridge, and takes it away again. The
 * bridge must know the reader's driver. Rejects with a sentence.
 */
export async function tapAs(options: {
  readonly kind: string;
  readonly host: string;
  readonly port: number;
  readonly card: string;
  /** Of the badge; whole bytes if left out. */
  readonly bits?: number;
  /** How long a bridge gets to shake hands. */
  readonly greetMs?: number;
  readonly holdMs?: number;
}): Promise<void> {
  const { kind, host, port, card, bits, greetMs = 2_000, holdMs = 1_000 } = options;
  const make = readerOfKind(kind, bits);
  // What is wrong with the badge is told before anybody is disturbed.
  if (kind !== "network") virtualCard(card, bits);
  const { reader, unplug } = await dialAsReader(make, { host, port }).catch((cause: Error) => {
    const sentence = `Nobody takes a badge at ${host}, port ${port}: ${cause.message}.`;
    throw new Error(sentence, { cause });
  });
  await pause(greetMs);
  reader.hold(card);
  await pause(holdMs);
  reader.remove();
  await unplug();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
