import type { Terminal } from "../protocol/site.ts";
import type { OwnSite } from "./site/own-site.ts";

/** What the parts of a bridge know together, and how they tell each other that a screen may change. */
export interface BridgeState {
  /** What of the site is this bridge's; undefined before it was ever told. */
  own(): OwnSite | undefined;
  /** The same, where there can be no question without it. */
  known(): OwnSite;
  setOwn(own: OwnSite): void;
  terminals(): readonly Terminal[];
  terminal(id: string): Terminal | undefined;
  serverReachable(): boolean;
  /** Gives whether that is news. */
  setServerReachable(reachable: boolean): boolean;
  /** Something that this terminal shows may have changed; all of them when none is named. */
  changed(terminal?: string): void;
  /** The same for what changes many times at once: told together, in a moment. */
  changedSoon(terminal: string): void;
  onChange(listener: (terminal: string | undefined) => void): void;
}

/** Shorter than anybody sees; longer than the steps of a release before its first byte take. */
const soonMs = 50;

export function createBridgeState(): BridgeState {
  const listeners: ((terminal: string | undefined) => void)[] = [];
  const soon = new Map<string, NodeJS.Timeout>();
  let own: OwnSite | undefined;
  let reachable = false;
  return {
    own: () => own,
    known() {
      if (own === undefined) throw new Error("Nothing can be done before the site is known.");
      return own;
    },
    setOwn(told) {
      own = told;
    },
    terminals: () => own?.terminals ?? [],
    terminal: (id) => own?.terminals.find((terminal) => terminal.id === id),
    serverReachable: () => reachable,
    setServerReachable(now) {
      const news = now !== reachable;
      reachable = now;
      return news;
    },
    changed(terminal) {
      for (const listener of listeners) listener(terminal);
    },
    changedSoon(terminal) {
      if (soon.has(terminal)) return;
      const tell = () => {
        soon.delete(terminal);
        for (const listener of listeners) listener(terminal);
      };
      soon.set(terminal, setTimeout(tell, soonMs).unref());
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
