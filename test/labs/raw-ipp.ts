import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { decode } from "../../ipp/decode.ts";
import { encode } from "../../ipp/encode.ts";
import type { IppMessage } from "../../ipp/message.ts";

/** How a client writes its HTTP, where clients differ. */
export interface Manners {
  readonly port: number;
  /** TLS from the first byte, without looking at the certificate, as many clients do at first. */
  readonly tls?: boolean;
  readonly http?: "1.0" | "1.1";
  /** The host that stands in `Host`; none with HTTP/1.0 means none at all. */
  readonly host?: string;
  readonly userAgent: string;
  /** In chunks of this size; else with a Content-Length. */
  readonly chunkBytes?: number;
  /** Waits for 100 Continue before the body. */
  readonly expectContinue?: boolean;
  /** Asks for the connection to be closed behind each request. */
  readonly closeEach?: boolean;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly message: IppMessage;
}

/** A client that writes its bytes itself, over one connection while it may be kept. */
export type RawClient = {
  post: (path: string, request: IppMessage, document?: Uint8Array) => Promise<RawAnswer>;
  /** How many connections it has made. */
  connections: () => number;
  close: () => void;
};

/** Makes a client of these manners; it connects with its first request. */
export function rawClient(manners: Manners): RawClient {
  const { port, tls = false, http = "1.1", expectContinue = false, closeEach = false } = manners;
  let line: Line | undefined;
  let made = 0;

  async function reach(): Promise<Line> {
    made += 1;
    const options = { host: "127.0.0.1", port };
    const socket = tls ? connectTls({ ...options, rejectUnauthorized: false }) : connect(options);
    await new Promise((resolve, reject) => {
      socket.once(tls ? "secureConnect" : "connect", () => resolve(undefined));
      socket.once("error", reject);
    });
    return lineOf(socket);
  }

  return {
    async post(path, request, document = new Uint8Array()) {
      line ??= await reach();
      const body = Buffer.concat([encode(request), document]);
      line.socket.write(head(manners, path, body.length));
      if (expectContinue) {
        const said = await line.until("\r\n\r\n");
        if (!said.startsWith("HTTP/1.1 100")) throw new Error(`No 100 Continue but ${said}`);
      }
      line.socket.write(bodyOf(manners, body));
      const headers = await line.until("\r\n\r\n");
      const length = Number(/^content-length: (\d+)/im.exec(headers)?.[1] ?? 0);
      const bytes = await line.take(length);
      if (closeEach || http === "1.0" || /^connection: close/im.test(headers)) {
        line.socket.destroy();
        line = undefined;
      }
      const status = Number(/^HTTP\/1\.[01] (\d+)/.exec(headers)?.[1]);
      const answer = decode(bytes);
      if (answer.kind !== "complete") throw new Error(`HTTP ${status}: ${bytes.toString()}`);
      return { status, headers, message: answer.message };
    },
    connections: () => made,
    close: () => line?.socket.destroy(),
  };
}

function head(manners: Manners, path: string, length: number): string {
  const { http = "1.1", host, userAgent, chunkBytes, expectContinue, closeEach } = manners;
  const lines = [
    `POST ${path} HTTP/${http}`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    `User-Agent: ${userAgent}`,
    "Content-Type: application/ipp",
    chunkBytes === undefined ? `Content-Length: ${length}` : "Transfer-Encoding: chunked",
    ...(expectContinue ? ["Expect: 100-continue"] : []),
    ...(closeEach ? ["Connection: close"] : []),
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function bodyOf({ chunkBytes }: Manners, body: Buffer): Buffer {
  if (chunkBytes === undefined) return body;
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n"));
  }
  return Buffer.concat([...chunks, Buffer.from("0\r\n\r\n")]);
}

interface Line {
  readonly socket: Socket;
  /** What comes up to and with a mark. */
  until(mark: string): Promise<string>;
  take(length: number): Promise<Buffer>;
}

function lineOf(socket: Socket): Line {
  let come = Buffer.alloc(0);
  let ended = false;
  let wake = (): void => undefined;
  socket.on("data", (bytes: Buffer) => {
    come = Buffer.concat([come, bytes]);
    wake();
  });
  const end = (): void => {
    ended = true;
    wake();
  };
  socket.on("close", end).on("error", end);
  async function cut(where: () => number): Promise<Buffer> {
    for (;;) {
      const at = where();
      if (at >= 0) {
        const taken = come.subarray(0, at);
        come = come.subarray(at);
        return taken;
      }
      if (ended) throw new Error(`The connection ended after ${come.toString("latin1", 0, 200)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    socket,
    until: async (mark) => {
      const found = () => come.indexOf(mark);
      return (await cut(() => (found() < 0 ? -1 : found() + mark.length))).toString("latin1");
    },
    take: (length) => cut(() => (come.length < length ? -1 : length)),
  };
}
