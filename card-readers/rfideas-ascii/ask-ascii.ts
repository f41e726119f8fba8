import { askInTurn } from "../transport/ask-in-turn.ts";
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
  const asking = askInTurn<AsciiAnswer>(wire, {
    begin() {
      state = noAscii;
    },
    read(bytes) {
      const pushed = pushAscii(state, bytes);
      state = pushed.state;
      return pushed.answers;
    },
  });

  async function asked(command: string, fits: (answer: AsciiAnswer) => boolean) {
    for (let left = tries; left > 0; left -= 1) {
      const answer = await asking.ask(`${command}\n`, { timeoutMs: answerMs, fits });
      if (answer !== undefined) return answer;
      await wire.discard();
    }
    throw new ReaderTrouble("silent", `The reader at ${wire.address} does not answer.`);
  }

  return {
    ask: (command, fits) => asking.inTurn(() => asked(command, fits)),
    tell: (command) =>
      asking.inTurn(async () => {
        asking.send(`${command}\n`);
        await new Promise((resolve) => setTimeout(resolve, breathMs));
      }),
    stop: asking.stop,
  };
}
