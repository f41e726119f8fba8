import type { IncomingMessage } from "node:http";
import { readAuthority } from "./printer-uris.ts";

/** How a client reached this provider, which is how it will reach it again. */
export interface Reached {
  /** `host:port` as the client wrote it. */
  readonly authority: string;
  /** TLS from the first byte: `ipps`. */
  readonly secure: boolean;
  /** `host:port` of the other way, where there is one. */
  readonly other?: string;
}

/** The ports at which this provider listens. */
export interface Ports {
  readonly plain: number;
  readonly tls?: number;
}

/** Reads it from a request; undefined when its `Host` is none. */
export function readReached(request: IncomingMessage, ports: Ports): Reached | undefined {
  const { localPort } = request.socket;
  const secure = localPort !== undefined && localPort === ports.tls;
  const authority = readAuthority(request.headers.host, secure ? 443 : 80);
  if (authority === undefined) return undefined;
  const other = secure ? ports.plain : ports.tls;
  return other === undefined
    ? { authority, secure }
    : { authority, secure, other: authority.replace(/\d+$/, String(other)) };
}
