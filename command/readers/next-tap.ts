import { askSecret } from "../ask-secret.ts";
import type { Context } from "../context.ts";
import { UserError } from "../folders.ts";
import type { NextTap } from "./ask-pairs.ts";
import { type BridgeReaders, bridgeReaders } from "./bridge-readers.ts";

/** Asks for the password of who may see whole numbers; gives the key to them. Throws `UserError`. */
export async function seeWhole(bridge: BridgeReaders, login: string): Promise<string> {
  const password = await askSecret(`Password of ${login}`, { once: true });
  const { sight, minutes } = await bridge.sight({ login, password });
  console.log(`Whole numbers are shown for ${minutes} minutes. That stands in the audit.`);
  return sight;
}

/** What this machine's readers say of the cards that are held to them, for who may see all of it. */
export async function nextTapFor(context: Context, login: string): Promise<NextTap> {
  const bridge = await bridgeReaders(context);
  if (bridge === undefined)
    throw new UserError("No bridge runs here that could read cards. Start it first, or type them.");
  const sight = await seeWhole(bridge, login);
  let { newest } = await bridge.show();
  let last = 0;
  return async (signal) => {
    for (;;) {
      const told = await bridge.taps(newest, sight);
      signal.throwIfAborted();
      if (!told.whole) throw new UserError("The time for whole numbers is over: begin again.");
      newest = Math.max(newest, told.newest);
      // A tap is told again when it is known who it is.
      const tapped = told.taps.find(({ tap, said }) => tap > last && said !== "");
      if (tapped === undefined) continue;
      last = tapped.tap;
      return tapped.said;
    }
  };
}
