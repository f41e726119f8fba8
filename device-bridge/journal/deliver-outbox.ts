import type { JournalBatch, JournalReply } from "../../protocol/bridge-server.ts";
import { backoffMs } from "../release/backoff.ts";
import type { Outbox } from "./outbox.ts";

export interface DeliverOptions {
  readonly outbox: Outbox;
  /** POST /api/bridge/journal; throws when the server gave no answer. */
  readonly send: (batch: JournalBatch, signal: AbortSignal) => Promise<JournalReply>;
  readonly random: () => number;
  /** Waits, or less long when it is woken by the signal. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The server has something more: what it tells of people has changed. */
  readonly onDelivered: () => void;
  readonly onTrouble: (error: unknown) => void;
}

export interface Delivery {
  /** There is something new. */
  wake(): void;
  close(): Promise<void>;
}

const entriesAtOnce = 200;

/** Tells the server what waits in the outbox: in order, in batches, again and again until it has it. */
export function deliverOutbox(options: DeliverOptions): Delivery {
  const { outbox, send, random, wait, onDelivered, onTrouble } = options;
  const closing = new AbortController();
  let tries = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (;;) {
      const batch = closing.signal.aborted ? undefined : outbox.oldest(entriesAtOnce);
      if (batch === undefined) return;
      try {
        const { applied } = await send(batch, closing.signal);
        if (closing.signal.aborted) return;
        outbox.acknowledge(batch.epoch, applied);
        // A server that applied nothing of it will not at once either.
        const took = applied >= (batch.entries[0]?.seq ?? 0);
        tries = took ? 0 : tries + 1;
        if (took) onDelivered();
      } catch (error) {
        tries += 1;
        if (!closing.signal.aborted) onTrouble(error);
      }
      if (tries > 0) await wait(backoffMs({ tries, jitter: random() }), closing.signal);
    }
  }

  const delivery: Delivery = {
    wake() {
      if (running !== undefined || closing.signal.aborted) return;
      running = run().finally(() => {
        running = undefined;
        // Something may have come between the last look and now.
        if (!closing.signal.aborted && outbox.waiting() > 0) delivery.wake();
      });
    },
    async close() {
      closing.abort();
      await running;
    },
  };
  return delivery;
}
