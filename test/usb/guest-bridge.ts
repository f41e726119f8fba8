import { EventEmitter, once } from "node:events";
import pino from "pino";
import { createBridgeState } from "../../device-bridge/bridge-state.ts";
import { ownSite } from "../../device-bridge/site/own-site.ts";
import { site } from "../../device-bridge/view/view.fixture.ts";
import type { ReaderConnection, Terminal } from "../../protocol/site.ts";
import { openLoneBridge } from "../lone-bridge.ts";

/** The part of a bridge that stands between readers and sessions, with one reader a terminal. */
export interface GuestBridge {
  /** Resolves, with the time, once the reader of this terminal is in this state. */
  readerIs(terminal: string, state: string): Promise<number>;
  /** Resolves with the card number of the session that is open there. */
  session(terminal: string): Promise<string>;
  logOut(terminal: string): Promise<void>;
  /** All cards that sessions were asked for, in order. */
  readonly taps: readonly string[];
  setReaders(readers: Readonly<Record<string, ReaderConnection>>): void;
  close(): Promise<void>;
}

/** Opens it. Everybody with a card is known here; the server is not what is tried. */
export async function openGuestBridge(): Promise<GuestBridge> {
  const state = createBridgeState();
  const changes = new EventEmitter();
  const taps: string[] = [];
  state.onChange(() => changes.emit("change"));
  const bridge = await openLoneBridge({
    state,
    // What readers say of themselves goes where the kernel's messages go.
    log: pino({}, process.stderr),
    onAsked: (terminal, card) => taps.push(`${terminal} ${card}`),
  });

  async function until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const seen = look();
      if (seen !== undefined) return seen;
      await once(changes, "change");
    }
  }

  return {
    taps,
    readerIs: (terminal, wanted) =>
      until(() =>
        bridge.readers.state(`${terminal}/0`) === wanted ? performance.now() : undefined,
      ),
    session: (terminal) =>
      until(() => {
        const now = bridge.terminals.state(terminal);
        return now.kind === "open" ? now.session.cardNumber : undefined;
      }),
    async logOut(terminal) {
      const now = bridge.terminals.state(terminal);
      if (now.kind !== "open") return;
      const { sessionId } = now.session;
      bridge.terminals.apply(terminal, { kind: "log-out", sessionId });
      await until(() => (bridge.terminals.state(terminal).kind === "open" ? undefined : true));
    },
    setReaders(readers) {
      const terminals = Object.entries(readers).map(
        ([id, reader]): Terminal => ({
          id,
          name: id,
          bridge: "b",
          devices: ["mfp"],
          readers: [reader],
        }),
      );
      const told = { revision: 1, site: { ...site, terminals }, providers: [], decisions: [] };
      state.setOwn(ownSite(told, "b"));
      bridge.followSite();
      changes.emit("change");
    },
    close: bridge.close,
  };
}
