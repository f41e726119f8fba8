import { Agent, type AgentOptions, request } from "node:https";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { Compile } from "typebox/compile";
import { TlsVoucher } from "../protocol/credential.ts";
import { pinOf } from "./certificate.ts";
import { vouchedPin } from "./tls-vouching.ts";

/** The Ed25519 key that the other side is known by, and its name. */
export type Known = { subject: string; publicKey: string };

const voucherMs = 5_000;
const voucherBytesMost = 4096;
const form = Compile(TlsVoucher);

/**
 * An agent that lets nothing be sent over a connection before the other side's TLS key is the one that
 * it vouches for. The voucher is asked for at the first connection, and again when the key is another.
 */
export function pinnedAgent(known: Known, options: AgentOptions): Agent {
  let pin: string | undefined;
  const agent = new Agent(options);
  const checked = async (socket: TLSSocket, to: ConnectionOptions): Promise<void> => {
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) throw new Error("the other side shows no certificate");
    const shown = pinOf(certificate);
    if (shown !== pin) pin = vouchedPin(await askVoucher(to), known);
    if (shown !== pin)
      throw new Error(
        `the certificate shown is not that of "${known.subject}": something stands in between, or its address is wrong`,
      );
  };
  agent.createConnection = (to, done) => {
    // Not by an authority: the pin below is stronger, and needs none.
    const socket = connect({ ...(to as ConnectionOptions), rejectUnauthorized: false });
    const fail = (error: Error): void => {
      socket.destroy();
      done?.(error, socket);
    };
    socket.once("error", fail);
    socket.once("secureConnect", () => {
      checked(socket, to as ConnectionOptions).then(
        () => {
          socket.off("error", fail);
          done?.(null, socket as Duplex);
        },
        (error: Error) => {
          socket.off("error", fail);
          fail(error);
        },
      );
    });
    return undefined;
  };
  return agent;
}

/** Over a connection of its own: nothing secret goes over it, and what comes is signed. */
function askVoucher(to: ConnectionOptions): Promise<TlsVoucher> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: to.host,
        port: to.port,
        path: "/api/tls",
        agent: false,
        rejectUnauthorized: false,
        timeout: voucherMs,
        ...(to.servername ? { servername: to.servername } : {}),
      },
      (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on("data", (piece: Buffer) => {
          length += piece.length;
          if (length > voucherBytesMost) response.destroy(new Error("the voucher is too long"));
          else pieces.push(piece);
        });
        response.on("error", reject);
        response.on("end", () => {
          const value = parsed(Buffer.concat(pieces).toString("utf8"));
          if (value === undefined) reject(new Error("the other side does not vouch for its key"));
          else resolve(value);
        });
      },
    );
    asking.on("timeout", () => asking.destroy(new Error(`no answer within ${voucherMs} ms`)));
    asking.on("error", reject);
    asking.end();
  });
}

function parsed(text: string): TlsVoucher | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return form.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
