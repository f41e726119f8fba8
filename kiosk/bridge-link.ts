import { fromCallback } from "xstate";
import type { ToBridge, ToKiosk } from "../protocol/kiosk.ts";
import type { PROTOCOL_VERSION } from "../protocol/kiosk-page.ts";
import { waitBeforeTry } from "./backoff.ts";
import { earlySocket } from "./early-socket.ts";
import { newId } from "./new-id.ts";
import type { LinkListener, LinkSocket } from "./polled-socket.ts";
import { readMessage } from "./read-message.ts";
import { type Asked, type Sealed, unsealed } from "./sealed.ts";

const protocol: typeof PROTOCOL_VERSION = 1;

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
  message:
    | Exclude<ToBridge, { type: "intent" | "card" }>
    | { type: "intent"; id: string; intent: Asked }
    | { type: "card"; text: Sealed };
};

export type LinkInput = { address: string; random: () => number };

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
    let ended = false;
    let redial: ReturnType<typeof setTimeout> | undefined;
    let silence: ReturnType<typeof setTimeout> | undefined;

    const say = (message: LinkHears["message"]) => {
      if (socket?.readyState !== open) return;
      socket.send(JSON.stringify(revealed(message)));
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
      if (ended) return;
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
        console.warn("The bridge is not understood.");
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
      if (!polls) hold((on) => webSocket(input.address, on));
      // Few panels need it: it is fetched by those only.
      else
        import("./polled-socket.ts").then(({ polledSocket }) => {
          if (!ended) hold((on) => polledSocket({ address: input.address, newId, on }));
        }, dialLater);
    };
    const hold = (make: (on: LinkListener) => LinkSocket) => {
      const made = make({
        open: () => say({ type: "hello", protocol }),
        message: (data) => hear(made, data),
        gone: () => lose(made),
      });
      socket = made;
      watchForSilence(made);
    };

    receive((event) => say(event.message));
    const heartbeat = setInterval(() => say({ type: "ping" }), pingEveryMs);
    dial();
    return () => {
      ended = true;
      clearInterval(heartbeat);
      clearTimeout(redial);
      hangUp();
    };
  },
);

function webSocket(address: string, on: LinkListener): LinkSocket {
  const early = earlySocket();
  const socket = early?.socket ?? new WebSocket(address);
  // The early one says hello by its address.
  if (!early) socket.onopen = on.open;
  socket.onmessage = ({ data }) => on.message(data);
  socket.onclose = on.gone;
  socket.onerror = on.gone;
  // As with any socket: not before its maker had the time to listen.
  setTimeout(() => early?.heard.forEach(on.message));
  return socket;
}

function revealed(message: LinkHears["message"]): ToBridge {
  if (message.type === "card") return { ...message, text: message.text.reveal() };
  return message.type === "intent" ? { ...message, intent: unsealed(message.intent) } : message;
}
