import { once } from "node:events";
import { connect } from "node:net";
import { instant } from "./clock.ts";

export type Reader = {
  tap: (card: string) => number;
  /** When the last tap was answered, with a beep or an error; undefined while it is not. */
  answeredAt: () => number | undefined;
  close: () => void;
};

/**
 * A network reader that has dialled in, from an address of its own, and stays; `tap` gives the
 * instant just before its bytes go.
 */
export async function dialIn(port: number, localAddress = "127.0.0.1"): Promise<Reader> {
  const socket = connect({ port, host: "127.0.0.1", localAddress }).setNoDelay(true);
  let answeredAt: number | undefined = 0;
  socket.on("data", () => {
    answeredAt = instant();
  });
  await once(socket, "connect");
  return {
    tap: (card) => {
      const at = instant();
      answeredAt = undefined;
      socket.write(`${card}\r`);
      return at;
    },
    answeredAt: () => answeredAt,
    close: () => socket.destroy(),
  };
}
