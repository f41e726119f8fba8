import { ReaderTrouble } from "../transport/trouble.ts";
import type { ByteWire } from "../transport/wire.ts";
import { type Answer, readAnswer } from "./answers.ts";
import { encodeFrame, type Framing, noFrame, pushFrameBytes } from "./frame-codec.ts";

export interface AskReader {
  /**
   * One question and its answer; a second question waits for the first. Asked once more when there is
   * none in time. Throws ReaderTrouble: `silent` when there is still none.
   */
  ask(message: Uint8Array, options?: AskOptions): Promise<Answer>;
  /** How messages are framed from now on. */
  use(framing: Framing): void;
  /** Nothing is sent or taken any more; who still waits is told this. */
  stop(trouble: ReaderTrouble): void;
}

export interface AskOptions {
  readonly timeoutMs?: number;
  /** How often it is asked again. */
  readonly again?: number;
}

/** Questions to a chip take less than two seconds. */
const usualMs = 2_000;
/** What is on its way when an answer is given up shall not be taken for the next one. */
const lateMs = 50;

/** Asks a reader that speaks only when it is asked, one question at a time. */
export function askReader(wire: ByteWire, first: Framing): AskReader {
  let framing = first;
  let state = noFrame;
  let waiting: { answer(answer: Answer): void; fail(trouble: ReaderTrouble): void } | undefined;
  let stopped: ReaderTrouble | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function take(bytes: Uint8Array): void {
    if (waiting === undefined || stopped !== undefined) return;
    const frames = pushFrameBytes(state, bytes, framing);
    state = frames.state;
    const [message] = frames.messages;
    const answer = message && readAnswer(message);
    if (answer !== undefined) waiting.answer(answer);
  }

  function once(message: Uint8Array, timeoutMs: number): Promise<Answer | "none"> {
    if (stopped !== undefined) return Promise.reject(stopped);
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        waiting = undefined;
      };
      const timer = setTimeout(() => {
        done();
        resolve("none");
      }, timeoutMs);
      waiting = {
        answer: (answer) => {
          done();
          resolve(answer);
        },
        fail: (trouble) => {
          done();
          reject(trouble);
        },
      };
      // What came before the question is no answer to it.
      state = noFrame;
      wire.write(encodeFrame(message, framing));
    });
  }

  async function tries(message: Uint8Array, options: AskOptions): Promise<Answer> {
    const { timeoutMs = usualMs, again = 1 } = options;
    for (let left = again; ; left -= 1) {
      const answer = await once(message, timeoutMs);
      if (answer !== "none") return answer;
      await new Promise((resolve) => setTimeout(resolve, lateMs));
      await wire.discard();
      if (left <= 0)
        throw new ReaderTrouble("silent", `The reader at ${wire.address} does not answer.`);
    }
  }

  wire.listen({
    onBytes: take,
    onClose: (trouble) => stop(trouble),
  });

  function stop(trouble: ReaderTrouble): void {
    stopped ??= trouble;
    waiting?.fail(stopped);
  }

  return {
    ask(message, options = {}) {
      const answer = last.then(() => tries(message, options));
      last = answer.catch(() => undefined);
      return answer;
    },
    use(next) {
      framing = next;
    },
    stop,
  };
}
