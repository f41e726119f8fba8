import { Compile } from "typebox/compile";
import { ToBridge, type ToKiosk } from "../../protocol/kiosk.ts";
import { PROTOCOL_VERSION } from "../../protocol/kiosk-page.ts";
import type { MadeView } from "../view/terminal-view.ts";
import type { ScreenChannel } from "./screen-channel.ts";
import { fullRate, screenLimits, takeMessage } from "./screen-limits.ts";

export type IntentMessage = Extract<ToBridge, { type: "intent" }>;
export type IntentResult = Extract<ToKiosk, { type: "answer" }>["result"];

export interface ScreenOptions {
  readonly channel: ScreenChannel;
  /** The version of the protocol with which it said hello by its address; undefined if it did not. */
  readonly hello?: number | undefined;
  /** The newest view of its terminal. */
  readonly view: () => MadeView;
  readonly onIntent: (message: IntentMessage) => Promise<IntentResult>;
  /** Its keyboard reader read a card. */
  readonly onCard: (text: string) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly onEnd: (why: string) => void;
}

export interface Screen {
  /** Something of the view may have changed. */
  refresh(): void;
  close(): void;
}

const form = Compile(ToBridge);
/** More than a view that the screen has not taken yet: the next one waits until it has. */
const unsentMost = 256 * 1024;

/**
 * One screen at its link. It is given whole views, and only the newest: while it is slow nothing
 * piles up. Whatever it sends beyond what a kiosk sends ends the connection.
 */
export function serveScreen(options: ScreenOptions): Screen {
  const { channel, view, onIntent, onCard, now, onEnd } = options;
  let greeted = false;
  let ended = false;
  let rate = fullRate(now());
  let shownKey: string | undefined;
  let revision = 0;
  let waiting = false;
  let deadline = setTimeout(() => end("it did not say hello"), screenLimits.helloMs);

  function end(why: string): void {
    if (ended) return;
    ended = true;
    clearTimeout(deadline);
    channel.close(why);
    onEnd(why);
  }

  function say(message: ToKiosk): void {
    if (!ended) channel.send(JSON.stringify(message));
  }

  function refresh(): void {
    if (!greeted || ended || waiting) return;
    if (channel.waiting() > unsentMost) {
      waiting = true;
      setTimeout(() => {
        waiting = false;
        refresh();
      }, 200).unref();
      return;
    }
    const made = view();
    if (made.key === shownKey) return;
    shownKey = made.key;
    revision += 1;
    say({ type: "view", revision, view: made.view });
  }

  function greet(): void {
    greeted = true;
    shownKey = undefined;
    refresh();
  }

  function hear(message: ToBridge): void {
    switch (message.type) {
      case "hello":
        if (message.protocol === PROTOCOL_VERSION) greet();
        else say({ type: "reload" });
        break;
      case "ping":
        say({ type: "pong" });
        break;
      case "card":
        if (greeted) onCard(message.text);
        else end("it did not say hello first");
        break;
      case "intent":
        if (greeted)
          void onIntent(message).then((result) => say({ type: "answer", id: message.id, result }));
        else end("it did not say hello first");
        break;
    }
  }

  function received(text: string | undefined): void {
    const left = takeMessage(rate, now());
    if (left === undefined) {
      end("it sends too many messages");
      return;
    }
    rate = left;
    clearTimeout(deadline);
    deadline = setTimeout(() => end("it fell silent"), screenLimits.silenceMs);
    const message = text === undefined ? undefined : parse(text);
    if (message === undefined) end("it sent what no kiosk sends");
    else hear(message);
  }

  channel.listen({
    message: (text) => {
      if (!ended) received(text);
    },
    end,
  });
  if (options.hello !== undefined)
    received(JSON.stringify({ type: "hello", protocol: options.hello }));
  return { refresh, close: () => end("the bridge stops") };
}

function parse(text: string): ToBridge | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return form.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
