import { once } from "node:events";
import { connect } from "node:net";
import { instant } from "./clock.ts";

export type Reader = { tap: (card: string) => number; close: () => void };

/** A network reader that has dialled in and stays; `tap` gives the instant just before its bytes go. */
export async function dialIn(port: number): Promise<Reader> {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  socket.resume();
  await once(socket, "connect");
  return {
    tap: (card) => {
      const at = instant();
      socket.write(`${card}\r`);
      return at;
    },
    close: () => socket.destroy(),
  };
}
