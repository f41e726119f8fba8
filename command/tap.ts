import { parseArgs } from "node:util";
import { tap as tapReader } from "../simulator/readers/dialling-reader.ts";
import { readerKinds, tapAs } from "../simulator/readers/tap-as.ts";
import { isWildcard } from "./configuration/url-of.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

const usage = `guichet tap <card number> [--as <reader>], for instance: guichet tap 66CF4DC2
Readers: network, ${readerKinds.join(", ")}`;

/**
 * `guichet tap`: a badge at a virtual reader that dials the bridge, as one in the corridor does. With
 * `--as` it is a reader of another kind, whose driver the terminal's reader must have.
 */
export async function tap(context: Context, args: string[]): Promise<number> {
  const { card, kind } = read(args);
  const { readerHost, readerPort: port } = context.settings.bridge;
  const host = isWildcard(readerHost) ? "127.0.0.1" : readerHost;
  const tapped =
    kind === "network" ? tapReader({ host, port, card }) : tapAs({ kind, host, port, card });
  await tapped.catch((error: Error) => {
    throw new UserError(`${error.message} Is the bridge running?`);
  });
  console.log("Tapped. Look at the kiosk.");
  return 0;
}

function read(args: string[]): { readonly card: string; readonly kind: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { as: { type: "string", default: "network" } },
      allowPositionals: true,
    });
    const [card = "", ...more] = positionals;
    const known = values.as === "network" || readerKinds.includes(values.as);
    if (/^[\x21-\x7e]{1,128}$/.test(card) && more.length === 0 && known)
      return { card, kind: values.as };
  } catch {
    // An option that is none.
  }
  throw new UserError(usage);
}
