import { type RawData, WebSocket } from "ws";

/** What carries messages between the bridge and one screen, whatever it is made of. */
export interface ScreenChannel {
  /** Says a message, if the screen can still hear it. */
  send(text: string): void;
  /** Bytes that the screen has not taken yet. */
  waiting(): number;
  /** Ends it; `why` is for whoever looks into the screen's console. */
  close(why: string): void;
  listen(on: {
    /** A message; undefined when it is no text. */
    message: (text: string | undefined) => void;
    end: (why: string) => void;
  }): void;
}

/** WebSocket close code for a peer that breaks the rules (RFC 6455 §7.4.1). */
const policyViolation = 1008;

/** A WebSocket as a channel. */
export function socketChannel(socket: WebSocket): ScreenChannel {
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    waiting: () => socket.bufferedAmount,
    close(why) {
      socket.close(policyViolation, why);
      // A peer that does not answer the close is gone, or means no good.
      setTimeout(() => socket.terminate(), 1_000).unref();
    },
    listen({ message, end }) {
      socket.on("message", (data: RawData, binary) => message(binary ? undefined : String(data)));
      socket.on("error", () => end("its connection failed"));
      socket.on("close", () => end("it left"));
    },
  };
}
