import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The one port of the device: what is the device, and what stands around it. */
export interface DeviceServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Ends every connection on which someone spoke to the device, without a word. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface DeviceServerOptions {
  readonly host: string;
  readonly port: number;
  readonly device: Handler;
  readonly control: Handler;
  /** The certificate that is shown to who begins with TLS, as it is at that moment. */
  readonly certificate: () => { readonly key: string; readonly cert: string } | undefined;
  /** Milliseconds after which `Expect: 100-continue` is answered; infinite for never. */
  readonly continueAfterMs: () => number;
}

const connectionsMax = 512;
const headersMs = 15_000;
/** The first byte of a TLS connection: a handshake record, RFC 8446 §5.1. */
const tlsHandshake = 22;

/**
 * Listens on `host` and `port`, 0 for any free one. What is asked below `/ipp` goes to `device`, all
 * else to `control`. Plain HTTP and TLS are told apart by their first byte, as devices do on port 631.
 * Throws an Error with a sentence for people when the port cannot be had.
 */
export async function listen(options: DeviceServerOptions): Promise<DeviceServer> {
  const { host, port, device, control, continueAfterMs } = options;
  const open = new Set<Socket>();
  const withDevice = new Set<Socket>();
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (request.method === "POST" && request.url?.startsWith("/ipp")) {
      withDevice.add(socket);
      void device(request, response);
      return;
    }
    withDevice.delete(socket);
    control(request, response).catch(() => socket.destroy());
  };
  const http = createServer(serve);
  http.headersTimeout = headersMs;
  // A document may take as long as it likes while bytes come; the endpoint sees to those that do not.
  http.requestTimeout = 0;
  // A client that goes away in the middle of a request is no error of ours.
  http.on("clientError", (_error, socket) => socket.destroy());
  http.on("checkContinue", (request, response) => {
    const after = continueAfterMs();
    if (after === 0) response.writeContinue();
    else if (Number.isFinite(after))
      setTimeout(() => {
        if (!response.headersSent && !request.destroyed) response.writeContinue();
      }, after).unref();
    serve(request, response);
  });
  const welcome = (socket: Socket) => {
    socket.once("close", () => withDevice.delete(socket));
    http.emit("connection", socket);
  };
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    // A connection that never says a word is let go as one that never ends its headers.
    socket.setTimeout(headersMs, () => socket.destroy());
    socket.once("readable", () => {
      const first: unknown = socket.read(1);
      if (!(first instanceof Uint8Array)) return;
      socket.setTimeout(0);
      socket.unshift(first);
      if (first[0] === tlsHandshake) secure(socket, options, welcome);
      else welcome(socket);
    });
  });
  server.maxConnections = connectionsMax;
  await started(server, host, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    port: address.port,
    dropConnections() {
      for (const socket of withDevice) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        http.close();
        for (const socket of open) socket.destroy();
      }),
  };
}

const contexts = new WeakMap<object, SecureContext>();

function secure(
  socket: Socket,
  { certificate }: DeviceServerOptions,
  welcome: (socket: Socket) => void,
): void {
  const shown = certificate();
  if (shown === undefined) return void socket.destroy();
  const secureContext = contexts.get(shown) ?? createSecureContext(shown);
  contexts.set(shown, secureContext);
  const tls = new TLSSocket(socket, { isServer: true, secureContext });
  tls.on("error", () => socket.destroy());
  tls.once("secure", () => welcome(tls));
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const sentence =
        cause.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is taken. Stop what uses it, or give the simulator another port.`
          : `The simulator cannot listen on ${host}, port ${port}: ${cause.message}.`;
      reject(new Error(sentence, { cause }));
    });
    server.listen(port, host);
  });
}
