import { connect } from "node:net";
import { wireOfSocket } from "./socket-wire.ts";
import { ReaderTrouble, troubleOf } from "./trouble.ts";
import type { ByteWire } from "./wire.ts";

const connectMs = 5_000;

/** Connects once to a reader that listens. Throws ReaderTrouble when it does not answer within 5 s. */
export function dialTcp(options: {
  readonly host: string;
  readonly port: number;
  readonly signal?: AbortSignal;
}): Promise<ByteWire> {
  const { host, port, signal } = options;
  const address = `${host}:${port}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (error: unknown) => {
      settled();
      socket.destroy();
      reject(troubleOf(error, address));
    };
    const late = setTimeout(
      () => fail(new ReaderTrouble("gone", `Nothing answers at ${address}.`)),
      connectMs,
    );
    const aborted = () => fail(new ReaderTrouble("gone", `${address} is not dialled any more.`));
    const settled = () => {
      clearTimeout(late);
      signal?.removeEventListener("abort", aborted);
      socket.off("error", fail);
      // What fails from now on is told by the close.
      socket.on("error", () => undefined);
    };
    socket.once("error", fail);
    socket.once("connect", () => {
      settled();
      resolve(wireOfSocket(socket));
    });
    if (signal?.aborted) aborted();
    else signal?.addEventListener("abort", aborted);
  });
}
