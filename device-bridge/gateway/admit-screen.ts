import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { HELLO_QUERY } from "../../protocol/kiosk-page.ts";
import type { PairedScreens } from "../screens/paired-screens.ts";
import type { AllowedNames } from "./hosts.ts";
import { tokenIn } from "./screen-cookie.ts";
import { screenLimits } from "./screen-limits.ts";

export interface Gate {
  readonly names: AllowedNames;
  readonly terminals: readonly string[];
  /** The terminal of each screen that is connected. */
  readonly connected: Iterable<string>;
  readonly mayShow: (request: IncomingMessage, terminal: string) => boolean;
}

/**
 * Who may show a terminal: a browser on the bridge's own machine, and the one screen that was paired
 * with it, over TLS. `isNear` tells the first.
 */
export function whoMayShow(
  screens: PairedScreens | undefined,
  isNear: (request: IncomingMessage) => boolean,
): Gate["mayShow"] {
  return (request, terminal) =>
    isNear(request) ||
    (request.socket instanceof TLSSocket &&
      screens?.isPaired(terminal, tokenIn(request, terminal)) === true);
}

/** Whether a request came from a page that this bridge itself gave. */
export function isFromOwnPage(request: IncomingMessage, names: AllowedNames): boolean {
  const { host, origin } = request.headers;
  const secure = request.socket instanceof TLSSocket;
  return names.isOrigin(origin, { host, secure });
}

/**
 * The terminal whose screen asks at `<its page><suffix>`, or the HTTP status that it is refused with.
 */
export function admitScreen(request: IncomingMessage, suffix: string, gate: Gate): string | number {
  if (!gate.names.isHost(request.headers.host, request.socket.localAddress)) return 421;
  if (!isFromOwnPage(request, gate.names)) return 403;
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (!path.endsWith(suffix)) return 404;
  const page = path.slice(0, -suffix.length);
  const [only] = gate.terminals;
  const terminal =
    page === "" && gate.terminals.length === 1
      ? only
      : gate.terminals.find((id) => page === `/t/${id}`);
  if (terminal === undefined) return 404;
  return gate.mayShow(request, terminal) ? terminal : 403;
}

/** Whether one more screen of the terminal may be connected. */
export function hasRoom(gate: Pick<Gate, "connected">, terminal: string): boolean {
  const all = [...gate.connected];
  const ofOne = all.filter((id) => id === terminal).length;
  return all.length < screenLimits.screens && ofOne < screenLimits.screensOfOne;
}

/** Ends a connection that wanted to be a WebSocket with an HTTP status. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The version of the protocol that a screen's address says hello with, if it does. */
export function helloIn({ url = "" }: IncomingMessage): number | undefined {
  const said = new URLSearchParams(url.split("?", 2)[1] ?? "").get(HELLO_QUERY) ?? "";
  return /^\d{1,6}$/.test(said) ? Number(said) : undefined;
}
