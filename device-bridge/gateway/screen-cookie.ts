import type { IncomingMessage } from "node:http";

/** A browser forgets any cookie after 400 days; it is set anew whenever the page is loaded. */
const keptSeconds = 400 * 24 * 3600;
const token = /^[A-Za-z0-9_-]{43}$/;

const nameFor = (terminal: string) => `__Host-guichet-${terminal}`;

/** The cookie that makes a browser the terminal's screen (RFC 6265bis: sent over TLS only, to no other host). */
export function cookieFor(terminal: string, value: string): string {
  return `${nameFor(terminal)}=${value}; Path=/; Max-Age=${keptSeconds}; Secure; HttpOnly; SameSite=Strict`;
}

/** The token that a request shows for the terminal. */
export function tokenIn(
  request: Pick<IncomingMessage, "headers">,
  terminal: string,
): string | undefined {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [name = "", value = ""] = pair.trim().split("=", 2);
    if (name === nameFor(terminal) && token.test(value)) return value;
  }
  return undefined;
}
