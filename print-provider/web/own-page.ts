import { isIP } from "node:net";
import { TLSSocket } from "node:tls";
import type { FastifyRequest } from "fastify";

/**
 * Makes the check whether a `Host` is one of this provider's names. A page of a foreign site whose name
 * leads here (DNS rebinding) has another; an address is no name that anybody could have lead here.
 */
export function ownHosts(
  names: readonly (string | undefined)[],
): (host: string | undefined) => boolean {
  const own = new Set(["localhost", ...names.map((name) => name?.toLowerCase())]);
  return (host) => {
    const name = (host ?? "").replace(/:\d{1,5}$/, "").toLowerCase();
    return own.has(name) || isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  };
}

/** Whether a form was sent from a page of this provider itself: browsers say so with every form. */
export function isFromOwnPage({ raw, headers }: FastifyRequest): boolean {
  const scheme = raw.socket instanceof TLSSocket ? "https" : "http";
  return headers.origin?.toLowerCase() === `${scheme}://${(headers.host ?? "").toLowerCase()}`;
}

const secret = /^[A-Za-z0-9_-]{43}$/;
/** Over TLS no other host of the domain can set it (RFC 6265bis §4.1.3.2). */
const cookieName = (isTls: boolean): string => (isTls ? "__Host-guichet-web" : "guichet-web");

/** The cookie of a session, for the browser alone; without a secret it ends the one that is there. */
export function cookieOf({ raw }: FastifyRequest, shown: string | undefined): string {
  const isTls = raw.socket instanceof TLSSocket;
  const end = shown === undefined ? "; Max-Age=0" : "";
  return `${cookieName(isTls)}=${shown ?? ""}; Path=/; HttpOnly; SameSite=Strict${isTls ? "; Secure" : ""}${end}`;
}

/** The secret that a browser shows. */
export function shownSecret({ raw, headers }: FastifyRequest): string | undefined {
  const wanted = cookieName(raw.socket instanceof TLSSocket);
  for (const pair of (headers.cookie ?? "").slice(0, 8_192).split(";")) {
    const [name = "", value = ""] = pair.trim().split("=", 2);
    if (name === wanted && secret.test(value)) return value;
  }
  return undefined;
}
