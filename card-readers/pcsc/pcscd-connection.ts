import { createConnection, type Socket } from "node:net";
import {
  answerLength,
  changedLength,
  connectBody,
  decodeConnect,
  decodeEstablish,
  decodeReaders,
  decodeTransmit,
  decodeVersion,
  disconnectBody,
  encodeMessage,
  establishBody,
  longestAnswer,
  type PcscdCommand,
  type ReaderEntry,
  result,
  transmitBody,
  version,
  versionBody,
} from "./pcscd-codec.ts";
import { getUid } from "./uid-codec.ts";

/** The service cannot be used: `kind` tells why, the message is a sentence. */
export class PcscdTrouble extends Error {
  readonly kind: "absent" | "forbidden" | "too-old" | "lost" | "card";

  constructor(kind: PcscdTrouble["kind"], message: string) {
    super(message);
    this.name = "PcscdTrouble";
    this.kind = kind;
  }
}

/** One connection to the service; what is asked over it is asked one after the other. */
export interface PcscdConnection {
  /** Tells the table now and at each change. Ends by a PcscdTrouble only. */
  watch(onReaders: (readers: readonly ReaderEntry[]) => void): Promise<never>;
  /**
   * Asks the reader for its card's number, sharing it with other programs and leaving it as it is.
   * Throws PcscdTrouble of the kind `card` when it was taken away meanwhile.
   */
  askUid(reader: string): Promise<Uint8Array>;
  close(): void;
}

const answerMs = 5_000;

/** Opens a connection. Throws PcscdTrouble. */
export async function connectPcscd(socketPath: string): Promise<PcscdConnection> {
  const socket = await dial(socketPath);
  const take = reader(socket);
  const ask = async (command: PcscdCommand, body: Uint8Array, more?: Uint8Array) => {
    socket.write(encodeMessage(command, body));
    if (more !== undefined) socket.write(more);
    return await take(answerLength[command], answerMs);
  };
  try {
    let agreed = decodeVersion(await firstAnswer(ask("version", versionBody(version.minor))));
    if (agreed.rv === result.serviceStopped && agreed.minor <= version.newestMinor)
      agreed = decodeVersion(await ask("version", versionBody(agreed.minor)));
    if (agreed.rv !== result.success)
      throw new PcscdTrouble(
        "too-old",
        `The smart card service speaks a version (4:${agreed.minor}) that this program does not.`,
      );
  } catch (error) {
    socket.destroy();
    throw error;
  }
  let context: number | undefined;

  async function contextOf(): Promise<number> {
    if (context !== undefined) return context;
    const made = decodeEstablish(await ask("establish", establishBody()));
    mustBe(made.rv);
    context = made.context;
    return context;
  }

  return {
    async watch(onReaders) {
      for (;;) {
        socket.write(encodeMessage("wait", new Uint8Array(0)));
        // The table comes at once, and a short word when it changed.
        onReaders(decodeReaders(await take(answerLength.wait, answerMs)));
        await take(changedLength, undefined);
      }
    },
    async askUid(name) {
      const inContext = await contextOf();
      const { card, protocol, rv } = decodeConnect(
        await ask("connect", connectBody(inContext, name)),
      );
      mustBe(rv);
      try {
        const body = transmitBody(card, protocol, getUid.length);
        const sent = decodeTransmit(await ask("transmit", body, getUid));
        mustBe(sent.rv);
        if (sent.length > longestAnswer)
          throw new PcscdTrouble("lost", "The smart card service answered more than was asked.");
        return await take(sent.length, answerMs);
      } finally {
        // Whatever comes of it: the card may be gone by now.
        if (!socket.destroyed) await ask("disconnect", disconnectBody(card));
      }
    },
    close: () => socket.destroy(),
  };
}

function mustBe(rv: number): void {
  if (rv === result.success) return;
  if (rv === result.notAllowed) throw forbidden();
  const why =
    rv === result.sharingViolation ? "another program has it for itself" : rv.toString(16);
  throw new PcscdTrouble("card", `The card could not be asked for its number: ${why}.`);
}

/** A service that lets nobody in closes without a word. */
const firstAnswer = (answer: Promise<Uint8Array>): Promise<Uint8Array> =>
  answer.catch(() => {
    throw forbidden();
  });

const forbidden = () =>
  new PcscdTrouble(
    "forbidden",
    "The smart card service does not let this program in. Allow it with a rule of polkit: see docs/readers.md.",
  );

function dial(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EACCES"
          ? forbidden()
          : new PcscdTrouble(
              "absent",
              "No smart card service runs on this machine. Install pcscd (Debian: apt-get install pcscd), or start it.",
            ),
      ),
    );
    socket.once("connect", () => resolve(socket));
  });
}

/** Gives pieces of just the length that is asked for, each once it is there. */
function reader(socket: Socket): (length: number, ms: number | undefined) => Promise<Uint8Array> {
  let had: Buffer = Buffer.alloc(0);
  let wanted: { length: number; give: (bytes: Uint8Array | undefined) => void } | undefined;
  let ended = false;

  function serve(): void {
    if (wanted === undefined) {
      // Nothing was asked: whatever speaks there is not the service.
      if (had.length > answerLength.wait) socket.destroy();
      return;
    }
    if (had.length < wanted.length && !ended) return;
    const { length, give } = wanted;
    wanted = undefined;
    if (had.length < length) {
      give(undefined);
      return;
    }
    const piece = Uint8Array.from(had.subarray(0, length));
    had = had.subarray(length);
    give(piece);
  }

  socket.on("data", (bytes) => {
    had = Buffer.concat([had, bytes]);
    serve();
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    ended = true;
    serve();
  });
  return (length, ms) =>
    new Promise((resolve, reject) => {
      const late = ms === undefined ? undefined : setTimeout(() => socket.destroy(), ms);
      wanted = {
        length,
        give(bytes) {
          clearTimeout(late);
          if (bytes !== undefined) resolve(bytes);
          else reject(new PcscdTrouble("lost", "The smart card service went away."));
        },
      };
      serve();
    });
}
