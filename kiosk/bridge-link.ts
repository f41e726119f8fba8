import { fromCallback } from "xstate";
import type { PROTOCOL_VERSION, SOCKET_PATH, ToBridge, ToKiosk } from "../protocol/kiosk.ts";
import { waitBeforeTry } from "./backoff.ts";
import { newId } from "./new-id.ts";
import { type LinkListener, type LinkSocket, polledSocket } from "./polled-socket.ts";
import { readMessage } from "./read-message.ts";
import { type Asked, unsealed } from "./sealed.ts";

const protocol: typeof PROTOCOL_VERSION = 1;
const socketPath: typeof SOCKET_PATH = "/socket";

const pingEveryMs = 4_000;
const silenceMs = 10_000;
/** `WebSocket.OPEN`, where there may be no WebSocket. */
const open = 1;

/** What the link tells the machine that owns it. */
export type LinkSays =
  | { type: "link.up" }
  | { type: "link.down" }
  | { type: "link.says"; message: Exclude<ToKiosk, { type: "pong" }> };

/** What the machine tells the link. Said while the link is down, it is dropped: the machine repeats it. */
export type LinkHears = {
  type: "say";
  message: Exclude<ToBridge, { type: "intent" }> | { type: "intent"; id: string; intent: Asked };
};

export type LinkInput = { address: string; random: () => number };

/** The address of the bridge's WebSocket for a page at `location`. */
export function socketAddress(location: { protocol: string; host: string; pathname: string }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}${location.pathname.replace(/\/+$/, "")}${socketPath}`;
}

/**
 * Keeps a WebSocket to the bridge: greets it, listens, pings, gives up after ten seconds of silence
 * and dials again, with growing pauses, for as long as it lives. It is *up* from the first message that
 * can be understood. Messages that cannot are dropped: a foreign byte never stops the screen.
 */
export const bridgeLink = fromCallback<LinkHears, LinkInput, LinkSays>(
  ({ input, sendBack, receive }) => {
    let socket: LinkSocket | undefined;
    let wasEverUp = false;
    let isUp = false;
    let failures = 0;
    let redial: ReturnType<typeof setTimeout> | undefined;
    let silence: ReturnType<typeof setTimeout> | undefined;

    const say = (message: LinkHears["message"]) => {
      if (socket?.readyState !== open) return;
      const said: ToBridge =
        message.type === "intent" ? { ...message, intent: unsealed(message.intent) } : message;
      socket.send(JSON.stringify(said));
    };
    const hangUp = () => {
      clearTimeout(silence);
      const gone = socket;
      socket = undefined;
      gone?.close();
    };
    const lose = (from: LinkSocket) => {
      if (from !== socket) return;
      hangUp();
      if (isUp) sendBack({ type: "link.down" });
      isUp = false;
      dialLater();
    };
    const dialLater = () => {
      const pause = waitBeforeTry({ failures, first: 400, most: 10_000, random: input.random() });
      failures += 1;
      redial = setTimeout(dialAgain, pause);
    };
    const dialAgain = () => {
      try {
        dial();
      } catch {
        // A browser that cannot make a socket now may be able to later (out of memory, for instance).
        dialLater();
      }
    };
    const hear = (from: LinkSocket, frame: unknown) => {
      if (from !== socket) return;
      watchForSilence(from);
      const message = readMessage(frame);
      if (message === undefined) {
        console.warn("The bridge sent something that this screen does not understand.");
        return;
      }
      if (!isUp) {
        isUp = true;
        wasEverUp = true;
        failures = 0;
        sendBack({ type: "link.up" });
      }
      if (message.type !== "pong") sendBack({ type: "link.says", message });
    };
    const watchForSilence = (whose: LinkSocket) => {
      clearTimeout(silence);
      silence = setTimeout(() => lose(whose), silenceMs);
    };
    const dial = () => {
      // What lets no WebSocket pass lets none pass later; but a bridge that is only away comes back.
      const polls = typeof WebSocket === "undefined" || (!wasEverUp && failures % 4 === 3);
      const on: LinkListener = {
        open: () => say({ type: "hello", protocol }),
        message: (data) => hear(dialled, data),
        gone: () => lose(dialled),
      };
      const dialled = polls
        ? polledSocket({ address: input.address, newId, on })
        : webSocket(input.address, on);
      socket = dialled;
      watchForSilence(dialled);
    };

    receive((event) => say(event.message));
    const heartbeat = setInterval(() => say({ type: "ping" }), pingEveryMs);
    dial();
    return () => {
      clearInterval(heartbeat);
      clearTimeout(redial);
      hangUp();
    };
  },
);

function webSocket(address: string, on: LinkListener): LinkSocket {
  const socket = new WebSocket(address);
  socket.onopen = on.open;
  socket.onmessage = ({ data }) => on.message(data);
  socket.onclose = on.gone;
  socket.onerror = on.gone;
  return socket;
}
