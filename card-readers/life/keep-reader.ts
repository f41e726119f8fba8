import type { DriverEvents, OpenedReader } from "../driver.ts";
import type { CardRead, Reader, ReaderState, Refused } from "../reader.ts";
import { ReaderTrouble, troubleOf } from "../transport/trouble.ts";
import { decideLife, type Life, type LifeEffect, type LifeEvent, unborn } from "./decide-life.ts";

export interface KeepOptions {
  readonly id: string;
  /** Opens it, with a full handshake. Throws ReaderTrouble. Gives up when the signal says so. */
  readonly open: (events: DriverEvents, signal: AbortSignal) => Promise<OpenedReader>;
  readonly onRead: (read: CardRead) => void;
  readonly onRemoved: () => void;
  readonly onRefused: (refused: Refused) => void;
  readonly onState: (state: ReaderState, trouble: ReaderTrouble | undefined) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export interface KeptReader extends Reader {
  /** What it is at was plugged in just now. */
  appeared(): void;
  /** What it was at is not there any more. */
  vanished(): void;
}

/** A handshake that takes longer will never end. */
const openMs = 15_000;

/** Keeps one reader open for as long as it takes: opens it, and again whenever it was lost. */
export function keepReader(options: KeepOptions): KeptReader {
  const { id, now, random } = options;
  let life: Life = unborn;
  let trouble: ReaderTrouble | undefined;
  let timer: NodeJS.Timeout | undefined;
  let reader: OpenedReader | undefined;
  let trying: AbortController | undefined;
  /** What was opened before lets go of its port before the next try. */
  let closing: Promise<unknown> = Promise.resolve();

  function apply(event: LifeEvent): void {
    const before = life.state;
    const decided = decideLife(life, event, { at: now(), random: random() });
    life = decided.life;
    if (life.state === "ready") trouble = undefined;
    for (const effect of decided.effects) act(effect);
    if (life.state !== before) options.onState(life.state, trouble);
  }

  function failed(why: ReaderTrouble): void {
    trouble = why;
    apply({ kind: "failed", trouble: why.kind });
  }

  function act(effect: LifeEffect): void {
    clearTimeout(timer);
    switch (effect.kind) {
      case "open":
        void open();
        return;
      case "close":
        trying?.abort();
        trying = undefined;
        if (reader !== undefined) closing = reader.close().catch(() => undefined);
        reader = undefined;
        return;
      case "wait":
        timer = setTimeout(() => apply({ kind: "waited" }), effect.ms);
        timer.unref();
    }
  }

  async function open(): Promise<void> {
    const attempt = new AbortController();
    trying = attempt;
    const { signal } = attempt;
    const current = () => !signal.aborted;
    const late = setTimeout(() => {
      if (current()) failed(new ReaderTrouble("silent", `The reader ${id} does not answer.`));
    }, openMs);
    try {
      await closing;
      if (!current()) return;
      const opened = await options.open(
        {
          onCard: (read) => current() && options.onRead(read),
          onRemoved: () => current() && options.onRemoved(),
          onRefused: (refused) => current() && options.onRefused(refused),
          onTrouble: (why) => current() && failed(why),
        },
        signal,
      );
      if (!current()) {
        await opened.close();
        return;
      }
      reader = opened;
      apply({ kind: "opened" });
    } catch (error) {
      if (current()) failed(troubleOf(error, id));
    } finally {
      clearTimeout(late);
    }
  }

  return {
    id,
    state: () => life.state,
    identity: () => reader?.identity,
    trouble: () => trouble,
    feedback: (feedback) => reader?.feedback(feedback),
    appeared: () => apply({ kind: "appeared" }),
    vanished: () => {
      if (life.phase === "open")
        failed(new ReaderTrouble("gone", `The reader ${id} was unplugged.`));
    },
    async close() {
      clearTimeout(timer);
      apply({ kind: "ended" });
      await closing;
    },
  };
}
