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
  onChange(listener: (terminal: string | undefined) => void): void;
}

export function createBridgeState(): BridgeState {
  const listeners: ((terminal: string | undefined) => void)[] = [];
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
    onChange: (listener) => void listeners.push(listener),
  };
}
