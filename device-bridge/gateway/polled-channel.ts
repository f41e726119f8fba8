import type { ScreenChannel } from "./screen-channel.ts";

/** How long an answer waits for something to say. Proxies cut off what is silent for a minute. */
const pollMs = 20_000;
/** Messages that wait for a screen which does not come for them. */
const messagesMost = 100;

/** What a poll is answered with: messages with their numbers, from the oldest not yet seen. */
export type PollAnswer = { upTo: number; messages: string[]; ended: boolean };

/** A screen that asks by HTTP where its browser has no WebSocket, or something in between lets none pass. */
export interface PolledChannel {
  readonly channel: ScreenChannel;
  /** Takes what the screen says and answers as soon as there is something to say to it. */
  poll(asked: { seen: number; messages: readonly string[] }): Promise<PollAnswer>;
}

/** `setTimer` calls back once after so many milliseconds, unless what it gives is called first. */
export function createPolledChannel(
  setTimer: (ms: number, then: () => void) => () => void,
): PolledChannel {
  const out: { number: number; text: string }[] = [];
  let last = 0;
  let heard = 0;
  let ended = false;
  let answerNow: (() => void) | undefined;
  let on: Parameters<ScreenChannel["listen"]>[0] | undefined;

  const channel: ScreenChannel = {
    send(text) {
      if (ended) return;
      last += 1;
      out.push({ number: last, text });
      if (out.length > messagesMost) {
        ended = true;
        on?.end("it did not come for its messages");
      }
      answerNow?.();
    },
    waiting: () => out.reduce((sum, { text }) => sum + text.length, 0),
    close() {
      ended = true;
      answerNow?.();
    },
    listen(listeners) {
      on = listeners;
    },
  };

  return {
    channel,
    async poll({ seen, messages }) {
      // A newer question takes the place of the one that waits.
      answerNow?.();
      while (out[0] !== undefined && out[0].number <= seen) out.shift();
      for (const text of messages) if (!ended) on?.message(text);
      heard += 1;
      const mine = heard;
      if (out.length === 0 && !ended)
        await new Promise<void>((resolve) => {
          const cancel = setTimer(pollMs, resolve);
          answerNow = () => {
            cancel();
            resolve();
          };
        });
      if (mine === heard) answerNow = undefined;
      const given = mine === heard ? [...out] : [];
      return { upTo: given.at(-1)?.number ?? seen, messages: given.map(({ text }) => text), ended };
    },
  };
}
