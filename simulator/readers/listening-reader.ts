import { createServer, type Socket } from "node:net";
import type { LineEnding } from "./dialling-reader.ts";
import { listenAt } from "./listen-at.ts";

/** What a host told the reader to do. */
export type ReaderCommand = "show-error" | "beep" | "tell-version";

/** A network reader that waits to be dialled. */
export interface ListeningReader {
  readonly port: number;
  /** How many hosts are connected; a swipe without one goes nowhere, as with a real reader. */
  hosts(): number;
  /** Someone holds a badge to it. Gives whether a host was there to be told. */
  swipe(card: string): boolean;
  /** What the hosts asked of it, in order. */
  commands(): readonly ReaderCommand[];
  close(): Promise<void>;
}

const commandsMax = 1000;
const hostsMax = 4;

/**
 * A reader of the kind that PaperCut's published sample describes: it listens, prompts at a carriage
 * return, and takes commands of one letter: `v` version, `e` error, `b` beep. Other bytes are ignored.
 */
export async function startListeningReader(options: {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly version?: string;
  readonly ending?: LineEnding;
}): Promise<ListeningReader> {
  const { host, port, version = "Guichet virtual reader", ending = "\n" } = options;
  const sockets = new Set<Socket>();
  const commands: ReaderCommand[] = [];

  function obey(socket: Socket, letter: string): void {
    const command = commandOf(letter);
    if (letter === "\r") socket.write("> ");
    if (command === "tell-version") socket.write(`${version}\r`);
    if (command !== undefined && commands.length < commandsMax) commands.push(command);
  }

  const server = createServer((socket) => {
    if (sockets.size >= hostsMax) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("data", (bytes) => {
      for (const letter of bytes.toString("latin1")) obey(socket, letter);
    });
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  const bound = await listenAt(server, { host, port });
  return {
    port: bound,
    hosts: () => sockets.size,
    swipe(card) {
      for (const socket of sockets) socket.write(`${card}${ending}`);
      return sockets.size > 0;
    },
    commands: () => commands,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function commandOf(letter: string): ReaderCommand | undefined {
  switch (letter) {
    case "v":
      return "tell-version";
    case "e":
      return "show-error";
    case "b":
      return "beep";
    default:
      return undefined;
  }
}
