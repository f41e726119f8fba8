import { connect } from "node:net";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

const ANSWER_MS = 300;

/**
 * `guichet tap`: a virtual network reader. It dials the bridge as a reader in the corridor does, sends
 * the card number and a carriage return, and hangs up.
 */
export async function tap(context: Context, args: string[]): Promise<number> {
  const [card] = args;
  if (card === undefined || !/^[\x21-\x7e]{1,128}$/.test(card))
    throw new UserError("guichet tap <card number>, for instance: guichet tap 66CF4DC2");
  const { readerHost, readerPort } = context.settings.bridge;
  const host = readerHost === "0.0.0.0" || readerHost === "::" ? "127.0.0.1" : readerHost;
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port: readerPort });
    socket.setTimeout(5000, () => socket.destroy(new Error("no answer")));
    socket.once("connect", () =>
      socket.write(`${card}\r`, () => setTimeout(() => socket.end(), ANSWER_MS)),
    );
    socket.on("data", () => undefined);
    socket.once("close", () => resolve());
    socket.once("error", (error) =>
      reject(
        new UserError(
          `The bridge takes no badge at ${host}:${readerPort} (${error.message}). Is it running?`,
        ),
      ),
    );
  });
  console.log("Tapped. Look at the kiosk.");
  return 0;
}
