import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { Intent, TerminalView, ToKiosk } from "../../protocol/kiosk.ts";
import { PROTOCOL_VERSION, SOCKET_PATH } from "../../protocol/kiosk-page.ts";

type Distributive<T> = T extends unknown ? Omit<T, "sessionId"> : never;

/** A screen without a picture: it speaks the kiosk's protocol, for tests that need no browser. */
export type KioskClient = {
  view: () => TerminalView | undefined;
  /** Resolves with the first view, the present one included, that a test was waiting for. */
  until: (
    what: string,
    wanted: (view: TerminalView) => boolean,
    withinMs?: number,
  ) => Promise<TerminalView>;
  /** Sends an intent for the session that is open, and resolves with the bridge's answer. */
  press: (intent: Distributive<Intent>, id?: string) => Promise<string>;
  close: () => void;
};

/** Connects to a terminal; connects again by itself when the bridge is started again. */
export function kioskClient(port: number, terminal = "lobby"): KioskClient {
  const waiting = new Set<(view: TerminalView) => void>();
  const answers = new Map<string, { message: string; resolve: (result: string) => void }>();
  let view: TerminalView | undefined;
  let socket: WebSocket | undefined;
  let closed = false;

  const connect = () => {
    if (closed) return;
    const opened = new WebSocket(`ws://127.0.0.1:${port}/t/${terminal}${SOCKET_PATH}`, {
      origin: `http://127.0.0.1:${port}`,
    });
    socket = opened;
    const beat = setInterval(
      () => opened.readyState === WebSocket.OPEN && opened.send('{"type":"ping"}'),
      2000,
    );
    opened.on("open", () => {
      opened.send(JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION }));
      for (const { message } of answers.values()) opened.send(message);
    });
    opened.on("message", (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString()) as ToKiosk;
      if (message.type === "view") {
        view = message.view;
        for (const look of [...waiting]) look(view);
      } else if (message.type === "answer") {
        answers.get(message.id)?.resolve(message.result);
        answers.delete(message.id);
      }
    });
    opened.on("error", () => undefined);
    opened.on("close", () => {
      clearInterval(beat);
      setTimeout(connect, 50);
    });
  };
  connect();

  return {
    view: () => view,
    until: (what, wanted, withinMs = 30_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(
            new Error(
              `The screen never showed: ${what}. It shows ${String(JSON.stringify(view)).slice(0, 2000)}`,
            ),
          );
        }, withinMs);
        const look = (seen: TerminalView) => {
          if (!wanted(seen)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(seen);
        };
        waiting.add(look);
        if (view) look(view);
      }),
    press: (intent, id = randomUUID()) =>
      new Promise((resolve) => {
        const sessionId = view?.session?.sessionId ?? randomUUID();
        // Whoever signs in has no session yet.
        const of = intent.kind.startsWith("sign-in") ? {} : { sessionId };
        const message = JSON.stringify({ type: "intent", id, intent: { ...intent, ...of } });
        answers.set(id, { message, resolve });
        if (socket?.readyState === WebSocket.OPEN) socket.send(message);
      }),
    close: () => {
      closed = true;
      socket?.terminate();
    },
  };
}
