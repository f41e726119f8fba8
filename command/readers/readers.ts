import process from "node:process";
import { parseArgs } from "node:util";
import type { Context } from "../context.ts";
import { UserError } from "../folders.ts";
import { type BridgeReaders, bridgeReaders } from "./bridge-readers.ts";
import { seeWhole } from "./next-tap.ts";
import { pluggedHere } from "./plugged-here.ts";
import { tellReader, tellTap } from "./tell-tap.ts";

/** Readers that are plugged in are looked for, and shake hands. */
const settleMs = 2_500;

/**
 * `guichet readers`: what is there, and every tap as it comes; `guichet readers solve`: the rule that
 * makes the directory's numbers of what they say.
 */
export async function readers(context: Context, args: string[]): Promise<number> {
  if (args[0] === "solve")
    return await (await import("./solve-command.ts")).solveCommand(context, args.slice(1));
  const { values } = parseArgs({
    args,
    options: { once: { type: "boolean" }, whole: { type: "string" } },
  });
  const running = await bridgeReaders(context);
  if (running !== undefined) return await look(running, values);
  if (values.whole !== undefined)
    throw new UserError(
      "No bridge runs here, so nobody can say who may see whole numbers. Start it first.",
    );
  const { withoutBridge } = await import("./without-bridge.ts");
  console.log("No bridge runs here: the readers are opened by this command, until it ends.");
  const own = await withoutBridge(context).catch((error: Error) => {
    throw new UserError(error.message, { cause: error });
  });
  try {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    return await look(own, values);
  } finally {
    await own.close();
  }
}

async function look(
  bridge: BridgeReaders,
  { once, whole }: { once?: boolean | undefined; whole?: string | undefined },
): Promise<number> {
  const shown = await bridge.show();
  console.log(`Readers of the bridge "${shown.bridge}":`);
  for (const reader of shown.readers) console.log(`  ${tellReader(reader)}`);
  const plugged = await pluggedHere();
  if (plugged.length > 0) console.log("Plugged into this machine:");
  for (const line of plugged) console.log(`  ${line}`);
  if (once === true) return shown.readers.every(({ state }) => state === "ready") ? 0 : 1;
  const sight = whole === undefined ? undefined : await seeWhole(bridge, whole);
  console.log(
    sight === undefined
      ? "Taps, with the last three characters of each number (--whole <login> shows all of them to who may see them). Ctrl+C ends."
      : "Taps, with whole numbers: enough to make a second card. Ctrl+C ends.",
  );
  await follow(bridge, { newest: shown.newest, sight });
  return 0;
}

async function follow(
  bridge: BridgeReaders,
  { newest, sight }: { newest: number; sight: string | undefined },
): Promise<void> {
  const stop = new Promise<undefined>((resolve) =>
    process.once("SIGINT", () => resolve(undefined)),
  );
  let last = 0;
  for (let seesWhole = sight !== undefined; ; ) {
    const told = await Promise.race([bridge.taps(newest, sight), stop]);
    if (told === undefined) return;
    for (const tap of told.taps) {
      newest = Math.max(newest, tap.change);
      if (tap.tap !== last) console.log(`\n${tellTap(tap)}`);
      if (tap.who !== undefined) console.log(`  → ${tap.who}`);
      last = tap.tap;
    }
    if (seesWhole && !told.whole) console.log("The time for whole numbers is over.");
    seesWhole &&= told.whole;
  }
}
