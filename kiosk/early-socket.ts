import type { HELLO_QUERY, PROTOCOL_VERSION, SOCKET_PATH } from "../protocol/kiosk-page.ts";

declare global {
  /** The socket that the page's first script dialled, and what came by it since: see `dial-early.ts`. */
  var guichetDialled: { socket: WebSocket; heard: unknown[] } | undefined;
}

const protocol: typeof PROTOCOL_VERSION = 1;
const socketPath: typeof SOCKET_PATH = "/socket";
const helloQuery: typeof HELLO_QUERY = "hello";

/** The address of the bridge's WebSocket for a page at `location`. */
export function socketAddress(location: { protocol: string; host: string; pathname: string }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}${location.pathname.replace(/\/+$/, "")}${socketPath}`;
}

/** The socket that was dialled early, if it is not closed again; else a new one. Both say hello. */
export function dialled(address: string): { socket: WebSocket; heard: readonly unknown[] } {
  const early = window.guichetDialled;
  window.guichetDialled = undefined;
  if (early !== undefined && early.socket.readyState < 2) return early;
  return { socket: new WebSocket(`${address}?${helloQuery}=${protocol}`), heard: [] };
}
