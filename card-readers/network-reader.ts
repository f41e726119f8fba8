import { admitCard, type CardGate, newGate, noteCard } from "./card-gate.ts";
import { type CardNumberStep, canonicalCardNumber } from "./card-number.ts";
import { emptyLine, flushAt, flushIdle, type LineState, pushBytes } from "./line-codec.ts";
import type { Feedback, Reader, ReaderEvents, ReaderState } from "./reader.ts";
import type { Wire, WireEvents } from "./wire.ts";

export interface NetworkReaderOptions {
  readonly id: string;
  readonly events: ReaderEvents;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Asks for the version once connected, as readers that listen are used to. */
  readonly greets: boolean;
  /** What makes a card number of a line. */
  readonly cardNumber?: CardNumberStep;
}

export interface NetworkReader extends Reader {
  /** A connection of this reader; one of the same address that was open before is closed. */
  attach(wire: Wire): WireEvents;
  /** It is being dialled; or that was in vain. */
  opening(): void;
  failed(): void;
}

/** One-letter commands of the common sample protocol: `b` beeps, `e` shows an error, `v` asks for the version. */
const said: Record<Feedback, string> = { accepted: "b", refused: "e", busy: "", offline: "e" };
/** What the answer to a card says of it. */
const became = {
  accepted: "known",
  refused: "unknown",
  busy: "undecided",
  offline: "undecided",
} as const;
const greeting = "\rv";
/** A line that comes so soon after the greeting is the version. */
const versionMs = 1_000;
/** Pieces of nonsense in a row after which a reader is not one. */
const garbageMost = 20;

/** Ties connections, codec and gate to one reader. */
export function createNetworkReader(options: NetworkReaderOptions): NetworkReader {
  const { id, events, now, greets, cardNumber = canonicalCardNumber } = options;
  const wires = new Map<string, Wire>();
  let gate: CardGate = newGate;
  let state: ReaderState = "absent";
  let newest: Wire | undefined;

  function setState(next: ReaderState): void {
    if (next === state) return;
    state = next;
    events.onState(id, state);
  }

  function read(wire: Wire, line: string, at: number): void {
    const text = cardNumber(line);
    if (text === undefined) return;
    newest = wire;
    const decided = admitCard(gate, { text, at });
    gate = decided.gate;
    if (decided.admitted) events.onCard({ text, readerId: id, at });
  }

  return {
    id,
    state: () => state,
    opening: () => setState("opening"),
    failed: () => setState("absent"),

    attach(wire) {
      wires.get(wire.address)?.close();
      wires.set(wire.address, wire);
      newest = wire;
      setState("ready");
      const openedAt = now();
      if (greets) wire.write(greeting);
      let codec: LineState = emptyLine;
      let garbage = 0;
      let timer: NodeJS.Timeout | undefined;
      let answered = !greets;

      const take = (decoded: ReturnType<typeof pushBytes>, at: number) => {
        codec = decoded.state;
        if (decoded.lines.length > 0 && !decoded.garbage) garbage = 0;
        for (const line of decoded.lines) {
          const version = !answered && at - openedAt < versionMs;
          answered = true;
          if (!version) read(wire, line, at);
        }
        if (!decoded.garbage) return;
        garbage += 1;
        if (garbage >= garbageMost) setState("degraded");
      };

      return {
        onBytes(bytes) {
          clearTimeout(timer);
          const at = now();
          take(pushBytes(codec, bytes, at), at);
          const due = flushAt(codec);
          if (due === undefined) return;
          timer = setTimeout(() => {
            const then = Math.max(now(), due);
            take(flushIdle(codec, then), then);
          }, due - at);
        },
        onClose() {
          // What was begun and not ended is no card.
          clearTimeout(timer);
          if (wires.get(wire.address) !== wire) return;
          wires.delete(wire.address);
          if (newest === wire) newest = undefined;
          if (wires.size === 0) setState("absent");
        },
      };
    },

    feedback(feedback) {
      gate = noteCard(gate, became[feedback]);
      newest?.write(said[feedback]);
    },

    close() {
      for (const wire of wires.values()) wire.close();
      wires.clear();
      setState("absent");
    },
  };
}
