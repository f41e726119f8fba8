import type { ReaderState } from "../../card-readers/reader.ts";
import { ruleFor } from "../../pricing/price.ts";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { DeviceView, TerminalView } from "../../protocol/kiosk.ts";
import type { SignInView } from "../../protocol/kiosk-sign-in.ts";
import { signInOf } from "../../protocol/sign-in.ts";
import type { Site, Terminal } from "../../protocol/site.ts";
import type { DeviceCondition } from "../devices/watch-devices.ts";
import type { Release } from "../release/release.ts";
import { type Dialogue, logOutAt, type TerminalState } from "../sessions/session.ts";
import { settableAt } from "../sessions/settable.ts";
import { sessionView } from "./session-view.ts";

/** Everything that a terminal's screen is made from. */
export interface TerminalFacts {
  readonly terminal: Terminal;
  readonly site: Site;
  readonly serverReachable: boolean;
  readonly reader: (id: string) => ReaderState;
  readonly device: (id: string) => DeviceCondition;
  /** What a device can do with paper, where it is known. */
  readonly abilities?: (id: string) => DeviceAbilities | undefined;
  readonly state: TerminalState;
  readonly release: (id: string) => Release | undefined;
  /** The newest release of a job at this bridge: under way, or ended in this session. */
  readonly releaseOf: (jobId: string) => Release | undefined;
  /** Monotonic milliseconds. */
  readonly now: number;
}

export interface MadeView {
  readonly view: TerminalView;
  /** Differs if, and only if, the screen has something new to show: the time that runs off is not. */
  readonly key: string;
}

/** The whole view of a terminal. */
export function terminalView(facts: TerminalFacts): MadeView {
  const { terminal, site, state } = facts;
  const session = state.kind === "open" ? state.session : undefined;
  const view: TerminalView = {
    terminal: { id: terminal.id, name: terminal.name },
    appearance: site.appearance,
    server: facts.serverReachable ? "reachable" : "unreachable",
    reader: readerOf(facts),
    devices: terminal.devices.flatMap((id) => deviceView(facts, id)).sort(byFreedom),
    identifying: state.kind === "identifying",
    refusal: refusalOf(state),
    signInWays: [...signInOf(site, terminal.id).ways],
    signIn: state.kind === "signing-in" ? signInView(state.dialogue, facts.now) : null,
    maskNames: terminal.maskNames ?? site.policy.maskNames ?? false,
    ...keyboardReaderOf(terminal),
    session: session === undefined ? null : sessionView(facts, session),
  };
  const waits = state.kind === "signing-in" ? (state.dialogue.waitUntil ?? 0) : 0;
  const until = session === undefined ? waits : logOutAt(session, site.policy);
  const shown = {
    ...view,
    signIn: view.signIn && { ...view.signIn, waitMs: 0 },
    session: view.session && {
      ...view.session,
      logOutInMs: 0,
      deletion: view.session.deletion && { ...view.session.deletion, undoInMs: 0 },
    },
  };
  return { view, key: `${until} ${session?.deletion?.until ?? 0} ${JSON.stringify(shown)}` };
}

/** How the reader is set that acts as a keyboard of the screen, if there is one. */
function keyboardReaderOf({ readers }: Terminal): Pick<TerminalView, "keyboardReader"> {
  const reader = readers.find(({ kind }) => kind === "screen");
  return reader?.kind === "screen" ? { keyboardReader: reader.settings ?? {} } : {};
}

/** An unknown card was refused, also while its holder is asked how to link it. */
function refusalOf(state: TerminalState): TerminalView["refusal"] {
  if (state.kind === "refused") return state.notice;
  return state.kind === "signing-in" && state.dialogue.step === "link" ? "unknown-card" : null;
}

/** What whoever types is told; what they typed is not known here. */
function signInView(dialogue: Dialogue, now: number): SignInView {
  const { signInId, step, askId, problem, waitUntil, linkBy } = dialogue;
  return {
    signInId,
    step,
    checking: askId !== undefined,
    problem: problem ?? null,
    waitMs: waitUntil === undefined ? 0 : Math.max(0, Math.round(waitUntil - now)),
    linkBy: [...linkBy],
  };
}

/** The name under which a terminal's reader is known to the bridge. */
export function readerIdOf(terminal: string, index: number): string {
  return `${terminal}/${index}`;
}

/**
 * Whether a badge can be read here. A reader that dials in from this very machine (a program that reads
 * badges) connects when it has something to say; any other is missing while it is not connected.
 */
function readerOf({ terminal, reader }: TerminalFacts): TerminalView["reader"] {
  const usable = terminal.readers.some((connection, index) => {
    const local = connection.kind === "listen" && connection.from === undefined;
    return local || reader(readerIdOf(terminal.id, index)) === "ready";
  });
  return usable ? "ready" : "missing";
}

const order = { ready: 0, busy: 1, blocked: 2 } as const;

/** Those that are free stand first; else as they are declared. */
function byFreedom(a: DeviceView, b: DeviceView): number {
  return order[a.state] - order[b.state];
}

function deviceView({ site, device, abilities }: TerminalFacts, id: string): DeviceView[] {
  const declared = site.devices.find((one) => one.id === id);
  if (declared === undefined) return [];
  const { state, problems } = device(id);
  const can = abilities?.(id) ?? {};
  return [
    {
      id,
      name: declared.name,
      state,
      problems: [...problems],
      prices: ruleFor(site.prices, id),
      ...(can.colour === false ? { greyOnly: true as const } : {}),
      settable: settableAt(can),
    },
  ];
}
