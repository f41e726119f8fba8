import type { Refused } from "../reader.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import type { ByteWire } from "../transport/wire.ts";
import { type Decoded, emptyLine, flushAt, flushIdle, type Line, pushBytes } from "./line-codec.ts";
import { afterBreak, type Silence, unheard } from "./silence.ts";

export interface LinesOptions {
  readonly wire: ByteWire;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /**
   * False: only an end that is sent ends a line. Behind a serial line silence may be a reader that was
   * unplugged, which is noticed a while later.
   */
  readonly silenceEnds: boolean;
  /** What is known of how this sender ends its lines. */
  readonly learned?: Map<string, unknown>;
  readonly onLine: (line: Line, at: number) => void;
  /** Something came that may be a part of a card's number only. */
  readonly onDoubt: () => void;
  /** The wire ended, or what comes cannot be lines. Told once; what was begun is no line. */
  readonly onTrouble: (trouble: ReaderTrouble) => void;
}

/** Pieces of nonsense in a row after which it is no reader. */
const garbageMost = 20;

const endsLines = "endsLines";
const silences = "silences";

/** What is told of it. */
export const partOfCard: Refused = {
  kind: "part",
  sentence:
    "What came may be only a part of a card's number, so it was not taken. Tap the card again. Best set the reader to end each number with CR.",
};

/** Reads lines from a wire until it ends, or until `stop`. */
export function readLines(options: LinesOptions): { stop(): void } {
  const { wire, now, silenceEnds, learned, onLine, onDoubt, onTrouble } = options;
  let state = {
    ...emptyLine,
    terminates: !silenceEnds || learned?.get(endsLines) === true,
    // Nobody else writes there.
    silence: (learned?.get(silences) as Silence | undefined) ?? unheard,
  };
  let garbage = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
  }

  function broke(): void {
    learned?.set(silences, afterBreak(state.silence));
  }

  function trouble(why: ReaderTrouble): void {
    if (stopped) return;
    stop();
    // Some readers end the connection themselves behind each card; then nothing failed.
    if (why.cause !== undefined) broke();
    onTrouble(why);
  }

  function take(decoded: Decoded, at: number): void {
    state = decoded.state;
    if (state.terminates) learned?.set(endsLines, true);
    learned?.set(silences, state.silence);
    if (decoded.lines.length > 0 && !decoded.garbage) garbage = 0;
    for (const line of decoded.lines) if (!stopped) onLine(line, at);
    if (decoded.doubtful && !stopped) onDoubt();
    if (!decoded.garbage) return;
    garbage += 1;
    if (garbage >= garbageMost)
      trouble(new ReaderTrouble("foreign", `What ${wire.address} sends is no text of a reader.`));
  }

  wire.listen({
    onBytes(bytes) {
      if (stopped) return;
      clearTimeout(timer);
      const at = now();
      take(pushBytes(state, bytes, at), at);
      const due = flushAt(state);
      if (due === undefined || stopped) return;
      timer = setTimeout(() => {
        const then = Math.max(now(), due);
        take(flushIdle(state, then), then);
      }, due - at);
    },
    onClose: trouble,
  });
  return {
    stop() {
      // Another connection of this reader takes the place of one that never ended.
      if (!stopped) broke();
      stop();
    },
  };
}
