import { createConnection } from "node:net";

/** Bytes that a reader may put at the end of a card number; silence is one way, too. */
export type LineEnding = "\r" | "\n" | "\r\n" | "";

/**
 * A tap at a network reader that dials the bridge: connects, sends the card number as one line, and
 * waits until it has gone. Rejects with a sentence when nobody listens there.
 */
export function tap(options: {
  readonly host: string;
  readonly port: number;
  readonly card: string;
  readonly ending?: LineEnding;
  /** How long the reader stays after the line, in milliseconds: some hosts answer. */
  readonly lingerMs?: number;
}): Promise<void> {
  const { host, port, card, ending = "\r", lingerMs = 300 } = options;
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port });
    // What the host answers is not looked at: such a reader can show nothing.
    socket.resume();
    socket.setTimeout(5000, () => socket.destroy(new Error("it took too long")));
    socket.once("connect", () =>
      socket.write(`${card}${ending}`, () => setTimeout(() => socket.end(), lingerMs)),
    );
    socket.once("error", (cause) =>
      reject(
        new Error(`Nobody takes a badge at ${host}, port ${port}: ${cause.message}.`, { cause }),
      ),
    );
    socket.once("close", () => resolve());
  });
}
