import type {
  DeviceView,
  DocumentView,
  Outcome,
  ReleaseView,
  SessionView,
  TerminalView,
} from "../../protocol/kiosk.ts";
import type { SignInView } from "../../protocol/kiosk-sign-in.ts";

/** Made-up but believable things that a bridge may show. Ids are readable: `id("a1")`. */
export const id = (tail: string) => `00000000-0000-4000-8000-${tail.padStart(12, "0")}`;

export const copier: DeviceView = {
  id: "lobby-copier",
  name: "Lobby copier",
  state: "ready",
  problems: [],
  prices: { grey: 500, colour: 2000, twoSidedSheetDiscount: 100 },
  settable: ["copies", "sides", "colourMode"],
};

export const upstairs: DeviceView = {
  id: "upstairs",
  name: "Reading room printer",
  state: "busy",
  problems: [],
};

type Counted = NonNullable<DocumentView["counted"]>;

export function counted(more: Partial<Counted> = {}): Counted {
  const pages = more.pages ?? 4;
  return {
    pages,
    colourPages: 0,
    impressions: pages * (more.copies ?? 1),
    sheets: pages,
    copies: 1,
    sides: "one-sided",
    colourMode: "colour",
    price: pages * 500 * (more.copies ?? 1),
    ofOneCopy: { impressions: pages, inColour: more.colourPages ?? 0 },
    settable: ["copies", "sides", "colourMode"],
    ...more,
  };
}

export function document(tail: string, more: Partial<DocumentView> = {}): DocumentView {
  return {
    jobId: id(tail),
    title: `Document ${tail}`,
    submittedAt: "2026-11-21T09:12:00.000Z",
    state: "ready",
    counted: counted(),
    ...more,
  };
}

/** What somebody at a university may have sent on a Saturday morning. */
export const documents: DocumentView[] = [
  document("a1", {
    title: "Rental agreement, signed copy.pdf",
    submittedAt: "2026-11-21T13:48:00.000Z",
    counted: counted({ pages: 12, sheets: 6, sides: "two-sided-long-edge", price: 5400 }),
  }),
  document("a2", {
    title: "Field trip to the salt marshes, handout.pdf",
    submittedAt: "2026-11-21T13:31:00.000Z",
    counted: counted({
      pages: 2,
      colourPages: 2,
      copies: 24,
      impressions: 48,
      sheets: 24,
      sides: "two-sided-long-edge",
      price: 93_600,
    }),
  }),
  document("a3", {
    title: "Thesis, chapter 3 with figures.pdf",
    submittedAt: "2026-11-21T11:05:00.000Z",
    counted: counted({
      pages: 46,
      colourPages: 7,
      sheets: 23,
      sides: "two-sided-long-edge",
      price: 31_200,
    }),
  }),
  document("a4", {
    title: "Boarding pass.pdf",
    submittedAt: "2026-11-20T18:20:00.000Z",
    counted: counted({ pages: 1, price: 500 }),
  }),
];

export function session(more: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: id("51"),
    displayName: "Alice Example",
    balance: 184_500,
    available: 184_500,
    documents,
    releases: [],
    logOutInMs: 60_000,
    warning: false,
    ...more,
  };
}

export function release(tail: string, more: Partial<ReleaseView> = {}): ReleaseView {
  return {
    releaseId: id(`e${tail}`),
    jobId: id(tail),
    title: documents.find((one) => one.jobId === id(tail))?.title ?? `Document ${tail}`,
    device: copier.id,
    phase: "printing",
    impressions: 0,
    wanted: 12,
    ...more,
  };
}

export function ended(
  tail: string,
  outcome: Outcome,
  more: Partial<ReleaseView> = {},
): ReleaseView {
  return release(tail, { phase: "ended", outcome, ...more });
}

export function terminal(more: Partial<TerminalView> = {}): TerminalView {
  return {
    terminal: { id: "lobby", name: "Lobby" },
    appearance: {
      name: "Riverside Library",
      languages: ["en", "fr"],
      currency: "EUR",
    },
    server: "reachable",
    reader: "ready",
    devices: [copier],
    identifying: false,
    refusal: null,
    session: null,
    ...more,
  };
}

export const withSession = (more: Partial<SessionView> = {}, around: Partial<TerminalView> = {}) =>
  terminal({ session: session(more), ...around });

/** Somebody types who they are. */
export const typing = (step: SignInView["step"], more: Partial<SignInView> = {}): TerminalView =>
  terminal({
    signInWays: ["card", "number-pin", "name-password"],
    signIn: {
      signInId: id("71"),
      step,
      checking: false,
      problem: null,
      waitMs: 0,
      linkBy: ["password", "code"],
      ...more,
    },
  });
