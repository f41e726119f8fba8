import type { JobSummary } from "../../protocol/provider-server.ts";
import type { Site, Terminal } from "../../protocol/site.ts";
import { jobId, particulars, personId } from "../release/release.fixture.ts";
import type { Session } from "../sessions/session.ts";
import type { TerminalFacts } from "./terminal-view.ts";

export const lobby: Terminal = {
  id: "lobby",
  name: "Lobby",
  bridge: "main",
  devices: ["mfp", "plotter"],
  readers: [{ kind: "dial", host: "192.0.2.1", port: 7778 }],
};

export const site: Site = {
  appearance: { name: "School", languages: ["en"], currency: "EUR" },
  policy: { idleSeconds: 60, warningSeconds: 20 },
  prices: {
    version: 3,
    standard: { grey: 500, colour: 2000, twoSidedSheetDiscount: 0 },
    devices: { mfp: { grey: 100, colour: 2000, twoSidedSheetDiscount: 0 } },
  },
  devices: [
    { id: "mfp", name: "Copier", url: "ipp://192.0.2.2/ipp/print", bridge: "main" },
    { id: "plotter", name: "Plotter", url: "ipp://192.0.2.3/ipp/print", bridge: "main" },
  ],
  terminals: [lobby],
  queues: [
    { name: "find-me", info: "", kind: "virtual", provider: "p", devices: [], holdHours: 1 },
    { name: "corner", info: "", kind: "secure", provider: "p", devices: ["plotter"], holdHours: 1 },
  ],
};

export function job(changes: Partial<JobSummary> = {}): JobSummary {
  return {
    jobId,
    revision: 1,
    queue: "find-me",
    owner: "alice",
    title: "Letter",
    state: "held",
    particulars,
    submittedAt: "2026-11-21T10:00:00.000Z",
    ...changes,
  };
}

export function session(changes: Partial<Session> = {}): Session {
  return {
    sessionId: "eeeeeeee-0000-4000-8000-000000000001",
    person: {
      personId,
      login: "alice",
      displayName: "Alice",
      language: "fr",
      role: "user",
      restricted: true,
      accounts: [{ account: personId, unit: "money", available: 900, balance: 1000 }],
    },
    cardNumber: "66CF4DC2",
    jobs: [{ provider: "p", job: job() }],
    releases: [],
    charges: [],
    language: undefined,
    lastSeenAt: 0,
    ...changes,
  };
}

export function facts(changes: Partial<TerminalFacts> = {}): TerminalFacts {
  return {
    terminal: lobby,
    site,
    serverReachable: true,
    reader: () => "ready",
    device: () => ({ state: "ready", problems: [] }),
    state: { kind: "open", session: session() },
    release: () => undefined,
    releaseOf: () => undefined,
    now: 0,
    ...changes,
  };
}
