import { tap as tapReader } from "../simulator/readers/dialling-reader.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

/** `guichet tap`: a badge at a virtual reader that dials the bridge, as one in the corridor does. */
export async function tap(context: Context, args: string[]): Promise<number> {
  const [card] = args;
  if (card === undefined || !/^[\x21-\x7e]{1,128}$/.test(card))
    throw new UserError("guichet tap <card number>, for instance: guichet tap 66CF4DC2");
  const { readerHost, readerPort: port } = context.settings.bridge;
  const host = readerHost === "0.0.0.0" || readerHost === "::" ? "127.0.0.1" : readerHost;
  await tapReader({ host, port, card }).catch((error: Error) => {
    throw new UserError(`${error.message} Is the bridge running?`);
  });
  console.log("Tapped. Look at the kiosk.");
  return 0;
}
