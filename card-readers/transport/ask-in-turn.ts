import type { ReaderTrouble } from "./trouble.ts";
import type { ByteWire } from "./wire.ts";

/** Speaks with a reader that answers what it is asked, and says nothing else. */
export interface AskInTurn<Answer> {
  /** One after the other: what is done here begins when all before it is done. */
  inTurn<Done>(act: () => Promise<Done>): Promise<Done>;
  /** Within a turn. Throws what it was stopped with. */
  send(message: Uint8Array | string): void;
  /** Within a turn: sends, and gives the first answer that fits, or undefined when none comes in time. */
  ask(
    message: Uint8Array | string,
    options: { readonly timeoutMs: number; readonly fits?: (answer: Answer) => boolean },
  ): Promise<Answer | undefined>;
  /** Nothing is sent or taken any more; who still waits is told this. */
  stop(trouble: ReaderTrouble): void;
}

/** `begin` forgets what came before a question, which is no answer to it; `read` takes bytes apart. */
export function askInTurn<Answer>(
  wire: ByteWire,
  codec: { begin(): void; read(bytes: Uint8Array): readonly Answer[] },
): AskInTurn<Answer> {
  let waiting: { take(answer: Answer): void; fail(trouble: ReaderTrouble): void } | undefined;
  let stopped: ReaderTrouble | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function stop(trouble: ReaderTrouble): void {
    stopped ??= trouble;
    waiting?.fail(stopped);
  }

  function send(message: Uint8Array | string): void {
    if (stopped !== undefined) throw stopped;
    wire.write(message);
  }

  wire.listen({
    onBytes(bytes) {
      for (const answer of codec.read(bytes)) waiting?.take(answer);
    },
    onClose: stop,
  });

  return {
    inTurn(act) {
      const done = last.then(act);
      last = done.catch(() => undefined);
      return done;
    },
    send,
    ask: (message, { timeoutMs, fits = () => true }) =>
      new Promise((resolve, reject) => {
        codec.begin();
        send(message);
        const done = () => {
          clearTimeout(timer);
          waiting = undefined;
        };
        const timer = setTimeout(() => {
          done();
          resolve(undefined);
        }, timeoutMs);
        waiting = {
          take(answer) {
            if (!fits(answer)) return;
            done();
            resolve(answer);
          },
          fail(trouble) {
            done();
            reject(trouble);
          },
        };
      }),
    stop,
  };
}
