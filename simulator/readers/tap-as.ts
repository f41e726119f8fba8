import { setTimeout as wait } from "node:timers/promises";
import { plugIn } from "./plug-in.ts";
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
  virtualCard(card, bits);
  const plug = await plugIn(make, { kind: "dials", host, port });
  try {
    await wait(greetMs);
    await plug.hold(card);
    await wait(holdMs);
    plug.remove();
  } finally {
    await plug.unplug();
  }
}
