import { askInTurn } from "../transport/ask-in-turn.ts";
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
  const asking = askInTurn<Answer>(wire, {
    begin() {
      state = noFrame;
    },
    read(bytes) {
      const frames = pushFrameBytes(state, bytes, framing);
      state = frames.state;
      return frames.messages.map(readAnswer).filter((answer) => answer !== undefined);
    },
  });

  async function tries(message: Uint8Array, options: AskOptions): Promise<Answer> {
    const { timeoutMs = usualMs, again = 1 } = options;
    for (let left = again; ; left -= 1) {
      const answer = await asking.ask(encodeFrame(message, framing), { timeoutMs });
      if (answer !== undefined) return answer;
      await new Promise((resolve) => setTimeout(resolve, lateMs));
      await wire.discard();
      if (left <= 0)
        throw new ReaderTrouble("silent", `The reader at ${wire.address} does not answer.`);
    }
  }

  return {
    ask: (message, options = {}) => asking.inTurn(() => tries(message, options)),
    use(next) {
      framing = next;
    },
    stop: asking.stop,
  };
}
