import { randomUUID } from "node:crypto";
import type { OpenReaders } from "../card-readers/open-readers.ts";
import type { InstallDone } from "../protocol/reader-key.ts";
import type { Terminal } from "../protocol/site.ts";
import type { BridgeMetrics } from "./bridge-metrics.ts";
import type { BridgeSurroundings } from "./bridge-options.ts";
import type { BridgeState } from "./bridge-state.ts";
import { type CardNumbers, cardNumbersOf, plainNumbers } from "./readers/card-numbers.ts";
import { openBridgeReaders } from "./readers/open-bridge-readers.ts";
import { readerPlaces } from "./readers/reader-places.ts";
import { createReaderSecrets } from "./readers/reader-secrets.ts";
import type { TapWatch } from "./readers/tap-watch.ts";
import { whoSaid } from "./readers/who-said.ts";
import type { AskServer } from "./sessions/ask-server.ts";
import type { KeepPreferences } from "./sessions/keep-preferences.ts";
import type { Session } from "./sessions/session.ts";
import { createTerminals, type Terminals, type TerminalsOptions } from "./sessions/terminals.ts";
import { readerIdOf } from "./view/terminal-view.ts";

export interface BridgeTerminals {
  readonly terminals: Terminals;
  readonly readers: OpenReaders;
  readonly watch: TapWatch;
  /** How a terminal makes card numbers. */
  readonly numbers: (terminal: string) => CardNumbers;
  /** Brings terminals and readers in line with the site. */
  followSite(): void;
  close(): Promise<void>;
}

export interface BridgeTerminalsOptions extends BridgeSurroundings {
  readonly readerHost: string;
  readonly readerPort: number;
  readonly state: BridgeState;
  readonly asking: AskServer;
  readonly metrics: BridgeMetrics;
  readonly preferences: KeepPreferences;
  readonly deleteJobs: TerminalsOptions["deleteJobs"];
  readonly takeByCode: TerminalsOptions["takeByCode"];
  readonly isToldOfCharges: () => boolean;
  /** Releases all that waits for this person; gives whether there was anything that can be. */
  readonly onFastRelease: (place: Terminal, session: Session) => boolean;
  /** What came of giving a reader its key. */
  readonly tellInstall: (done: InstallDone) => Promise<void>;
  /** Somebody came to this device. */
  readonly onAttended: (device: string) => void;
}

/** The terminals of a bridge with their readers. Throws a sentence when the port cannot be had. */
export async function openBridgeTerminals(
  options: BridgeTerminalsOptions,
): Promise<BridgeTerminals> {
  const { state, asking, metrics, log, monotonic } = options;

  const terminals = createTerminals({
    async identify(terminal, asked) {
      const event = await asking.identify(terminal, asked);
      const { request } = asked;
      if (request.way === "card")
        watch.identified({ terminal, cardNumber: request.cardNumber, who: whoSaid(event) });
      return event;
    },
    refresh: asking.refresh,
    deleteJobs: options.deleteJobs,
    takeByCode: options.takeByCode,
    endedJobs: asking.endedJobs,
    keepPreferences: options.preferences.keep,
    isToldOfCharges: options.isToldOfCharges,
    feedback: (readerId, feedback) => readers.feedback(readerId, feedback),
    isScreenless: (terminal) => state.terminal(terminal)?.screen === false,
    policy: () => state.known().site.policy,
    now: monotonic,
    newId: randomUUID,
    onChange: (terminal) => state.changed(terminal),
    onOpened(terminal, session) {
      const { sessionId } = session;
      metrics.count("sessions");
      log.info({ event: "session-opened", terminal, sessionId }, "a session was opened");
      const place = state.terminal(terminal);
      for (const device of place?.devices ?? []) options.onAttended(device);
      // After this turn: the session is open only then.
      if (place?.screen === false) setImmediate(() => releaseAll(place, session));
    },
    onEnded: (terminal, { sessionId }) =>
      log.info({ event: "session-ended", terminal, sessionId }, "a session ended"),
  });

  /** Nobody can choose here: all of it, and the place is free for the next. */
  function releaseAll(place: Terminal, session: Session): void {
    const { sessionId } = session;
    const accepted = options.onFastRelease(place, session);
    if (!accepted)
      place.readers.forEach((_, index) => {
        readers.feedback(readerIdOf(place.id, index), "refused");
      });
    log.info({ event: "fast-release", terminal: place.id, sessionId, accepted }, "fast release");
    terminals.apply(place.id, { kind: "log-out", sessionId });
  }

  let known: ReadonlyMap<string, CardNumbers> = new Map();
  const numbers = (terminal: string) => known.get(terminal) ?? plainNumbers;
  const secrets = createReaderSecrets({
    tell: options.tellInstall,
    onChange: () => setReaders(),
  });
  const { readers, watch } = await openBridgeReaders({
    ...options,
    host: options.readerHost,
    port: options.readerPort,
    numbers,
    onTap: ({ terminal, ...tap }) => terminals.apply(terminal, { kind: "tap", ...tap }),
    onPart: (terminal) => terminals.apply(terminal, { kind: "part-of-card" }),
    onChange: (terminal) => state.changed(terminal),
    onState: secrets.heard,
  });
  const setReaders = () => readers.setReaders(readerPlaces(state.terminals(), secrets.of));

  return {
    terminals,
    readers,
    watch,
    numbers,
    followSite() {
      known = cardNumbersOf(state.known().site, state.terminals());
      secrets.setKeys(state.own()?.readerKeys ?? []);
      terminals.setTerminals(state.terminals().map(({ id }) => id));
      setReaders();
    },
    async close() {
      terminals.close();
      secrets.close();
      await readers.close();
    },
  };
}
