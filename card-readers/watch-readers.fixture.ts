import { type OpenReaders, openReaders, type ReaderPlace } from "./open-readers.ts";
import type { Card, ReaderState } from "./reader.ts";
import type { ReaderTrouble } from "./transport/trouble.ts";

export interface WatchedReaders {
  readonly readers: OpenReaders;
  readonly cards: readonly Card[];
  readonly states: readonly { readonly id: string; readonly state: ReaderState }[];
  readonly troubles: readonly ReaderTrouble[];
  readonly removed: readonly string[];
  readonly refused: readonly string[];
  /** Resolves once this is so, which is looked at whenever a reader tells something. */
  until(good: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Readers as a bridge would open them, with all that they tell. */
export async function watchReaders(
  places: readonly ReaderPlace[],
  now: () => number = () => performance.now(),
): Promise<WatchedReaders> {
  const cards: Card[] = [];
  const states: { id: string; state: ReaderState }[] = [];
  const troubles: ReaderTrouble[] = [];
  const removed: string[] = [];
  const refused: string[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const each of waiting) each();
  };
  const readers = await openReaders({
    host: "127.0.0.1",
    port: 0,
    now,
    random: () => 0.5,
    onCard(card) {
      cards.push(card);
      look();
    },
    onRemoved(id) {
      removed.push(id);
      look();
    },
    onRefused(_id, { sentence }) {
      refused.push(sentence);
      look();
    },
    onState(id, state, trouble) {
      states.push({ id, state });
      if (trouble !== undefined) troubles.push(trouble);
      look();
    },
  });
  readers.setReaders(places);
  return {
    readers,
    cards,
    states,
    troubles,
    removed,
    refused,
    until: (good) =>
      new Promise((resolve) => {
        const each = () => {
          if (!good()) return;
          waiting.delete(each);
          resolve();
        };
        waiting.add(each);
        each();
      }),
    close: () => readers.close(),
  };
}
