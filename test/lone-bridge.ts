import type { Logger } from "pino";
import { createMetrics } from "../device-bridge/bridge-metrics.ts";
import type { BridgeState } from "../device-bridge/bridge-state.ts";
import { type BridgeTerminals, openBridgeTerminals } from "../device-bridge/bridge-terminals.ts";
import { session } from "../device-bridge/view/view.fixture.ts";

const { person } = session();

/**
 * The part of a bridge from its readers to its sessions, without server and devices: everybody with a
 * card is known. `onAsked` is told of each card that a session asks for.
 */
export function openLoneBridge(options: {
  readonly state: BridgeState;
  readonly log: Logger;
  readonly onAsked: (terminal: string, cardNumber: string) => void;
}): Promise<BridgeTerminals> {
  const { state, log, onAsked } = options;
  return openBridgeTerminals({
    readerHost: "127.0.0.1",
    readerPort: 0,
    state,
    asking: {
      identify(terminal, { askId, request }) {
        if (request.way === "card") onAsked(terminal, request.cardNumber);
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
    log,
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
  });
}
