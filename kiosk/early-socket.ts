import type { SOCKET_PATH } from "../protocol/kiosk-page.ts";

declare global {
  /** The socket that the page's first script dialled, and what came by it since: see `dial-early.ts`. */
  var guichetDialled: { socket: WebSocket; heard: unknown[] } | undefined;
}

const socketPath: typeof SOCKET_PATH = "/socket";

/** The address of the bridge's WebSocket for a page at `location`. */
export function socketAddress(location: { protocol: string; host: string; pathname: string }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}${location.pathname.replace(/\/+$/, "")}${socketPath}`;
}

/** The socket that was dialled early, with what came by it: once, and if it is not closed again. */
export function earlySocket(): typeof guichetDialled {
  const early = window.guichetDialled;
  window.guichetDialled = undefined;
  return early && early.socket.readyState < 2 ? early : undefined;
}
