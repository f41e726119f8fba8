// A bridge from its readers to its sessions, in a process of its own so that its memory is its own:
// node readers-bridge.ts. Told by messages which readers to open; everybody with a card is known.
import pino from "pino";
import { createMetrics } from "../../device-bridge/bridge-metrics.ts";
import { createBridgeState } from "../../device-bridge/bridge-state.ts";
import { openBridgeTerminals } from "../../device-bridge/bridge-terminals.ts";
import { session, site } from "../../device-bridge/view/view.fixture.ts";
import type { Terminal } from "../../protocol/site.ts";
import { instant } from "./clock.ts";

/** A session stays so long: another person comes after it. */
const stayMs = 300;
const { person } = session();
const state = createBridgeState();
/** When each card became a session's question, by card number. */
let tapped: Record<string, number> = {};
/** Whoever measures waits for this one. */
let awaited: string | undefined;

const bridge = await openBridgeTerminals({
  readerHost: "127.0.0.1",
  readerPort: 0,
  state,
  asking: {
    identify(terminal, { askId, request }) {
      if (request.way === "card") {
        tapped[request.cardNumber] = instant();
        if (request.cardNumber === awaited) process.send?.({ heard: awaited });
      }
      setTimeout(() => logOut(terminal), stayMs);
      const reply = { kind: "known" as const, person, jobs: [] };
      return Promise.resolve({ kind: "identified", askId, reply });
    },
    refresh: () => Promise.resolve(undefined),
    endedJobs: () => Promise.resolve(undefined),
  },
  metrics: createMetrics(),
  preferences: { keep: () => undefined, wake: () => undefined },
  deleteJobs: () => Promise.resolve([]),
  takeByCode: () => Promise.resolve({ kind: "unreachable" }),
  tellInstall: () => Promise.resolve(),
  isToldOfCharges: () => true,
  onFastRelease: () => false,
  onAttended: () => undefined,
  log: pino(pino.destination("/dev/null")),
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
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
