import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import type { TapShown } from "../../protocol/readers.ts";
import type { ReaderConnection } from "../../protocol/site.ts";
import type { Context } from "../context.ts";
import { UserError } from "../folders.ts";
import { type BridgeReaders, bridgeReaders } from "../readers/bridge-readers.ts";
import { tellTap } from "../readers/tell-tap.ts";
import { type PlugOptions, plugFor } from "./plug-for.ts";

/** A bridge tries again what was not there for so long at most, and then shakes hands. */
const readyMs = 25_000;
const lookMs = 250;
/** As long as a hand stays. */
const holdMs = 1_000;

/**
 * Plugs a virtual reader in where the configuration has one, waits until the bridge uses it, holds a
 * badge to it, and tells what the bridge heard. Exit code 1 where that is nothing.
 */
export async function tapAtReader(
  context: Context,
  options: PlugOptions & { readonly card: string; readonly staySeconds: number },
): Promise<number> {
  const { card, readerId, staySeconds } = options;
  const connection = connectionOf(context, readerId);
  const bridge = await bridgeReaders(context);
  if (bridge === undefined) throw new UserError("No bridge runs here that could read a badge.");
  const plug = await plugFor(context, connection, options).catch(asUserError);
  const stop = new AbortController();
  const { signal } = stop;
  process.once("SIGINT", () => stop.abort());
  try {
    console.log(`A virtual reader is at ${plug.where}. Waiting for the bridge…`);
    await untilReady(bridge, {
      readerId,
      ms: readyMs + staySeconds * 1_000,
      needs: plug.needs,
      signal,
    });
    const { newest } = await bridge.show();
    const heard = hear(bridge, { readerId, newest, signal });
    heard.catch(() => undefined);
    // The bridge keeps taps while somebody looks, and hears of that first.
    await bridge.show();
    await plug.hold(card).catch(asUserError);
    const tapped = await heard;
    await wait(holdMs, undefined, { signal });
    plug.remove();
    if (tapped === undefined) {
      console.log("The bridge heard nothing of it. Is it a badge that this reader can read?");
      return 1;
    }
    console.log(tellTap(tapped) + (tapped.who === undefined ? "" : `\n  → ${tapped.who}`));
    if (staySeconds > 0) await wait(staySeconds * 1_000, undefined, { signal });
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    return 1;
  } finally {
    await plug.unplug();
  }
}

function asUserError(error: unknown): never {
  throw error instanceof UserError
    ? error
    : new UserError(error instanceof Error ? error.message : String(error), { cause: error });
}

function connectionOf({ settings }: Context, readerId: string): ReaderConnection {
  const all = settings.site.terminals.flatMap(({ id, readers }) =>
    readers.map((connection, index) => ({ id: `${id}/${index}`, connection })),
  );
  const found = all.find(({ id }) => id === readerId);
  if (found !== undefined) return found.connection;
  const known = all.map(({ id }) => id).join(", ");
  throw new UserError(`There is no reader "${readerId}". There are: ${known}.`);
}

/** Throws a `UserError` with what the bridge says of it, if it does not become ready. */
async function untilReady(
  bridge: BridgeReaders,
  options: {
    readonly readerId: string;
    readonly ms: number;
    readonly needs: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { readerId, ms, needs = "", signal } = options;
  const late = performance.now() + ms;
  let told = "";
  for (;;) {
    const { readers } = await bridge.show();
    const reader = readers.find(({ id }) => id === readerId);
    if (reader?.state === "ready") return;
    const says = reader?.sentences.join(" ") ?? "This machine's bridge has no such reader.";
    if (performance.now() > late)
      throw new UserError(`The bridge does not use it. ${says} ${needs}`.trim());
    if (says !== told && reader?.state === "degraded") console.log(`  ${says}`);
    told = says;
    await wait(lookMs, undefined, { signal });
  }
}

/** The next tap at a reader, with who it is where that is found out; undefined where none comes. */
async function hear(
  bridge: BridgeReaders,
  options: { readonly readerId: string; readonly newest: number; readonly signal: AbortSignal },
): Promise<TapShown | undefined> {
  const { readerId, signal } = options;
  let { newest } = options;
  let tapped: TapShown | undefined;
  for (;;) {
    const told = await bridge.taps(newest, undefined);
    signal.throwIfAborted();
    newest = Math.max(newest, told.newest);
    const latest = told.taps.findLast(({ reader }) => reader === readerId);
    tapped = latest ?? tapped;
    if (tapped?.who !== undefined || tapped?.number === null) return tapped;
    // Nothing came for as long as the bridge waits.
    if (told.taps.length === 0) return tapped;
  }
}
