// A bridge from its readers to its sessions, in a process of its own so that its memory is its own:
// node readers-bridge.ts. Told by messages which readers to open; everybody with a card is known.
import pino from "pino";
import { createBridgeState } from "../../device-bridge/bridge-state.ts";
import { site } from "../../device-bridge/view/view.fixture.ts";
import type { Terminal } from "../../protocol/site.ts";
import { openLoneBridge } from "../lone-bridge.ts";
import { instant } from "./clock.ts";

/**
 * A session stays so long: another person comes after it. On serial lines that is in the middle between
 * two taps.
 */
const stayMs = 245;
const state = createBridgeState();
/** When each card became a session's question, by card number. */
let tapped: Record<string, number> = {};
/** Whoever measures waits for this one. */
let awaited: string | undefined;

const bridge = await openLoneBridge({
  state,
  log: pino(pino.destination("/dev/null")),
  onAsked(terminal, card) {
    tapped[card] = instant();
    if (card === awaited) process.send?.({ heard: card });
    setTimeout(() => logOut(terminal), stayMs);
  },
});

function logOut(terminal: string): void {
  const now = bridge.terminals.state(terminal);
  if (now.kind !== "open") return;
  bridge.terminals.apply(terminal, { kind: "log-out", sessionId: now.session.sessionId });
}

function setTerminals(terminals: Terminal[]): void {
  state.setOwn({
    site,
    devices: [],
    terminals,
    providers: [],
    knowledge: new Map(),
    readerKeys: [],
  });
  bridge.followSite();
}

process.on("message", (message: { terminals?: Terminal[]; collect?: true; until?: string }) => {
  if (message.until !== undefined) {
    awaited = message.until;
    // The card may have been quicker than the word that it comes.
    if (awaited in tapped) process.send?.({ heard: awaited });
  }
  if (message.terminals !== undefined) {
    setTerminals(message.terminals);
    process.send?.({ port: bridge.readers.port });
  }
  if (message.collect === true) {
    const states = state.terminals().map(({ id }) => bridge.readers.state(`${id}/0`));
    process.send?.({ tapped, ready: states.filter((it) => it === "ready").length });
    tapped = {};
  }
});
process.on("disconnect", () => process.exit());
process.send?.({ port: bridge.readers.port });
