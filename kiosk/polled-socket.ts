import type { POLL_PATH, Poll } from "../protocol/kiosk-poll.ts";

const pollPath: typeof POLL_PATH = "/poll";
/** The bridge answers within half a minute; longer means that nobody is there. */
const answerMs = 40_000;

/** What the link needs of a WebSocket. */
export type LinkSocket = Pick<WebSocket, "readyState" | "send" | "close">;

/** What the link is told by one. */
export type LinkListener = {
  open: () => void;
  message: (data: unknown) => void;
  gone: () => void;
};

const connecting = 0;
const opened = 1;
const closed = 3;

/**
 * The link to the bridge for a browser without a WebSocket, or behind something that lets none pass:
 * questions over HTTP that are answered when there is something to say. It stands where a WebSocket
 * would. Made of XMLHttpRequest, since the oldest panels have no AbortController to end a fetch.
 */
export function polledSocket(options: {
  /** The one that a WebSocket would have. */
  address: string;
  newId: () => string;
  on: LinkListener;
}): LinkSocket {
  const { address, on } = options;
  const url = address.replace(/^ws/, "http").replace(/\/socket$/, pollPath);
  const screen = options.newId();
  let state: 0 | 1 | 3 = connecting;
  let seen = 0;
  let toSay: string[] = [];
  let asking: XMLHttpRequest | undefined;

  function end(): void {
    if (state === closed) return;
    state = closed;
    asking?.abort();
    on.gone();
  }

  function ask(): void {
    if (state === closed) return;
    const messages = toSay.map((text): Poll["messages"][number] => JSON.parse(text));
    toSay = [];
    const request = new XMLHttpRequest();
    asking = request;
    request.open("POST", url);
    request.timeout = answerMs;
    request.setRequestHeader("content-type", "application/json");
    request.onload = () => hear(request);
    request.onerror = end;
    request.ontimeout = end;
    const question: Poll = { screen, seen, messages };
    request.send(JSON.stringify(question));
  }

  function hear(request: XMLHttpRequest): void {
    if (state === closed) return;
    if (request.status !== 200) {
      end();
      return;
    }
    const answer: { upTo?: unknown; messages?: unknown } = JSON.parse(request.responseText);
    const messages: unknown[] = Array.isArray(answer.messages) ? answer.messages : [];
    if (typeof answer.upTo === "number" && answer.upTo > seen) {
      seen = answer.upTo;
      for (const message of messages) on.message(JSON.stringify(message));
    }
    if (request === asking) ask();
  }

  // As a WebSocket does: not before its maker had the time to listen.
  setTimeout(() => {
    if (state === closed) return;
    state = opened;
    on.open();
    if (asking === undefined) ask();
  });
  return {
    get readyState() {
      return state;
    },
    send(text) {
      toSay.push(String(text));
      // What is asked anew takes the place of the question that waits.
      if (state === opened) ask();
    },
    close: end,
  };
}
