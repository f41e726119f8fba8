import { ReaderTrouble } from "../transport/trouble.ts";
import type { ByteWire } from "../transport/wire.ts";
import { type AsciiAnswer, noAscii, pushAscii } from "./ascii-codec.ts";

export interface AskAscii {
  /**
   * One command and the answer that `fits`; the next command waits for it. Asked once more when there is
   * none in time. Throws ReaderTrouble: `silent` when there is still none.
   */
  ask(command: string, fits: (answer: AsciiAnswer) => boolean): Promise<AsciiAnswer>;
  /** A command whose answer nobody waits for, in its turn. */
  tell(command: string): Promise<void>;
  /** Who still waits is told this, and nothing is sent any more. */
  stop(trouble: ReaderTrouble): void;
}

const answerMs = 800;
const tries = 2;
/** Readers lose what comes too quickly. */
const breathMs = 30;

/** Speaks with a reader that answers lines with lines, one command at a time. */
export function askAscii(wire: ByteWire): AskAscii {
  let state = noAscii;
  let waiting: { take(answer: AsciiAnswer): void; fail(trouble: ReaderTrouble): void } | undefined;
  let stopped: ReaderTrouble | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function once(command: string, fits: (answer: AsciiAnswer) => boolean) {
    if (stopped !== undefined) return Promise.reject(stopped);
    return new Promise<AsciiAnswer | undefined>((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        waiting = undefined;
      };
      const timer = setTimeout(() => {
        done();
        resolve(undefined);
      }, answerMs);
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
      state = noAscii;
      wire.write(`${command}\n`);
    });
  }

  async function asked(command: string, fits: (answer: AsciiAnswer) => boolean) {
    for (let left = tries; left > 0; left -= 1) {
      const answer = await once(command, fits);
      if (answer !== undefined) return answer;
      await wire.discard();
    }
    throw new ReaderTrouble("silent", `The reader at ${wire.address} does not answer.`);
  }

  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  }

  function stop(trouble: ReaderTrouble): void {
    stopped ??= trouble;
    waiting?.fail(stopped);
  }

  wire.listen({
    onBytes(bytes) {
      const pushed = pushAscii(state, bytes);
      state = pushed.state;
      for (const answer of pushed.answers) waiting?.take(answer);
    },
    onClose: stop,
  });

  return {
    ask: (command, fits) => inTurn(() => asked(command, fits)),
    tell: (command) =>
      inTurn(async () => {
        if (stopped !== undefined) throw stopped;
        wire.write(`${command}\n`);
        await new Promise((resolve) => setTimeout(resolve, breathMs));
      }),
    stop,
  };
}
