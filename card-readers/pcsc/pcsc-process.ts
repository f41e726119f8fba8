import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { aliveMs, type ChildMessage } from "./child-message.ts";
import { decideCards } from "./decide-cards.ts";
import type { ReaderEntry } from "./pcscd-codec.ts";
import { connectPcscd, type PcscdConnection, PcscdTrouble } from "./pcscd-connection.ts";
import { tagTypeOf, uidOf } from "./uid-codec.ts";

/**
 * The child process that speaks to the smart card service, whose socket is its only argument. It tells
 * its parent of readers and cards, and ends when the parent does. It may die at any time.
 */
const [, , socketPath = ""] = process.argv;
const againMs = 2_000;
const tries = 3;
const betweenTriesMs = 150;
const closing = new AbortController();
const { signal } = closing;
const open = new Set<PcscdConnection>();

function tell(message: ChildMessage): void {
  // A parent that is just ending is still connected; that nobody hears it any more is no trouble.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function connect(): Promise<PcscdConnection> {
  const connection = await connectPcscd(socketPath);
  open.add(connection);
  if (signal.aborted) connection.close();
  return connection;
}

async function serve(): Promise<void> {
  const watching = await connect();
  // Asked over a connection of its own: the watching one is told of changes at any moment.
  const asking = await connect();
  let before: readonly ReaderEntry[] = [];
  let asked: Promise<void> = Promise.resolve();
  await watching.watch((readers) => {
    const changes = decideCards(before, readers);
    before = readers;
    tell({ kind: "readers", names: readers.map(({ name }) => name) });
    for (const change of changes)
      if (change.kind === "taken") tell(change);
      else asked = asked.then(() => read(asking, change)).catch(() => watching.close());
  });
}

async function read(
  asking: PcscdConnection,
  { reader, atr }: { readonly reader: string; readonly atr: Uint8Array },
): Promise<void> {
  for (let i = 0; i < tries && !signal.aborted; i += 1) {
    if (i > 0) await wait(betweenTriesMs);
    try {
      const uid = uidOf(await asking.askUid(reader));
      if (uid === undefined) return;
      const tagType = tagTypeOf(atr);
      const hex = Buffer.from(uid).toString("hex").toUpperCase();
      tell({ kind: "card", reader, uid: hex, ...(tagType === undefined ? {} : { tagType }) });
      return;
    } catch (error) {
      // It was moved while it was asked; anything else is the service's trouble.
      if (!(error instanceof PcscdTrouble) || error.kind !== "card") throw error;
    }
  }
}

async function run(): Promise<void> {
  while (!signal.aborted) {
    try {
      await serve();
    } catch (error) {
      if (!(error instanceof PcscdTrouble)) throw error;
      const { kind, message } = error;
      tell({ kind: "readers", names: [] });
      tell({ kind: "trouble", trouble: kind === "card" ? "lost" : kind, sentence: message });
    }
    for (const connection of open) connection.close();
    open.clear();
    await wait(againMs, undefined, { signal }).catch(() => undefined);
  }
}

const alive = setInterval(() => tell({ kind: "alive" }), aliveMs);
process.once("disconnect", () => {
  clearInterval(alive);
  closing.abort();
  for (const connection of open) connection.close();
});
await run();
