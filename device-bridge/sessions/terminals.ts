import type { Feedback } from "../../card-readers/reader.ts";
import type { EndedJob } from "../../protocol/missing-jobs.ts";
import type { Preferences } from "../../protocol/preferences.ts";
import { decideSession, nextTickAt } from "./decide-session.ts";
import {
  freeTerminal,
  type Session,
  type SessionPolicy,
  type SignInQuestion,
  type TerminalState,
} from "./session.ts";
import type { CodeAnswer, SessionEffect, SessionEvent } from "./session-events.ts";
import type { TypedCode } from "./take-by-code.ts";

export interface TerminalsOptions {
  /** Asks the server who it is; gives the event that follows. */
  readonly identify: (
    terminal: string,
    asked: { readonly askId: string; readonly request: SignInQuestion },
  ) => Promise<SessionEvent>;
  /** The person and jobs of a session once more; undefined when nobody answers. */
  readonly refresh: (session: Session) => Promise<SessionEvent | undefined>;
  /** Whether the server has been told of all that was charged until now. */
  readonly isToldOfCharges: () => boolean;
  readonly feedback: (readerId: string, feedback: Feedback) => void;
  /** Whether nobody can type at a terminal. */
  readonly isScreenless?: (terminal: string) => boolean;
  readonly policy: () => SessionPolicy;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly onChange: (terminal: string) => void;
  /** Gives up jobs at their providers; gives those that are still there. */
  readonly deleteJobs: (session: Session, jobIds: readonly string[]) => Promise<readonly string[]>;
  /** Jobs of a person that are over; undefined when nobody answers. */
  readonly endedJobs: (session: Session) => Promise<readonly EndedJob[] | undefined>;
  /** The job of a code, for a person at a terminal; always gives an answer. */
  readonly takeByCode: (typed: TypedCode) => Promise<CodeAnswer>;
  readonly keepPreferences: (personId: string, wants: Preferences) => void;
  readonly onOpened: (terminal: string, session: Session) => void;
  readonly onEnded: (terminal: string, session: Session) => void;
}

export interface Terminals {
  /** The terminals that there are from now on. The sessions of those that are gone end. */
  setTerminals(ids: readonly string[]): void;
  state(terminal: string): TerminalState;
  apply(terminal: string, event: SessionEvent): void;
  /** Asks anew for the list and the balance of an open session: soon, and once for many reasons. */
  refreshSoon(terminal: string): void;
  close(): void;
}

/** New documents and credit show within this time without anybody touching anything. */
const refreshEveryMs = 4_000;
const refreshSoonMs = 150;

interface Entry {
  state: TerminalState;
  tick: NodeJS.Timeout | undefined;
  refresh: NodeJS.Timeout | undefined;
}

/** Runs the sessions of all terminals of a bridge: their decisions, timers and questions. */
export function createTerminals(options: TerminalsOptions): Terminals {
  const { policy, now, newId, onChange } = options;
  const entries = new Map<string, Entry>();
  let closed = false;

  function apply(terminal: string, event: SessionEvent): void {
    const entry = entries.get(terminal);
    if (entry === undefined) return;
    const isScreenless = options.isScreenless?.(terminal) === true;
    const context = { now: now(), policy: policy(), newId: newId(), isScreenless };
    const { state, effects } = decideSession(entry.state, event, context);
    const changed = state !== entry.state;
    entry.state = state;
    if (changed || event.kind === "tick") plan(terminal, entry);
    // A warning begins by time alone.
    if (changed || event.kind === "tick") onChange(terminal);
    for (const effect of effects) carryOut(terminal, entry, effect);
  }

  function carryOut(terminal: string, entry: Entry, effect: SessionEffect): void {
    switch (effect.kind) {
      case "identify":
        void options.identify(terminal, effect).then((event) => {
          if (!closed) apply(terminal, event);
        });
        return;
      case "feedback":
        options.feedback(effect.readerId, effect.feedback);
        return;
      case "delete":
        void carryOutDeletion(terminal, effect);
        return;
      case "look-for-missing": {
        const { sessionId } = effect.session;
        void options.endedJobs(effect.session).then((ended) => {
          if (!closed) apply(terminal, { kind: "found-missing", sessionId, ended });
        });
        return;
      }
      case "take-by-code": {
        const { pressId, code, session } = effect;
        const { sessionId, person } = session;
        void options.takeByCode({ terminal, person, code }).then((answer) => {
          if (closed) return;
          apply(terminal, { kind: "code-answered", sessionId, pressId, answer });
          if (answer.kind === "taken") refreshIn(terminal, entry, refreshSoonMs);
        });
        return;
      }
      case "keep-preferences":
        options.keepPreferences(effect.personId, effect.wants);
        return;
      case "opened":
        options.onOpened(terminal, effect.session);
        refreshIn(terminal, entry, refreshEveryMs);
        return;
      case "ended":
        clearTimeout(entry.refresh);
        options.onEnded(terminal, effect.session);
        return;
    }
  }

  async function carryOutDeletion(
    terminal: string,
    { session, jobIds }: Extract<SessionEffect, { kind: "delete" }>,
  ): Promise<void> {
    const { sessionId } = session;
    const left = await options.deleteJobs(session, jobIds);
    if (closed) return;
    if (left.length > 0) apply(terminal, { kind: "not-deleted", sessionId, jobIds: left });
    const entry = entries.get(terminal);
    if (entry?.state.kind === "open") refreshIn(terminal, entry, refreshSoonMs);
  }

  function plan(terminal: string, entry: Entry): void {
    clearTimeout(entry.tick);
    const at = nextTickAt(entry.state, { now: now(), policy: policy() });
    if (at === undefined || closed) return;
    entry.tick = setTimeout(() => apply(terminal, { kind: "tick" }), Math.max(0, at - now()) + 1);
    entry.tick.unref();
  }

  function refreshIn(terminal: string, entry: Entry, ms: number): void {
    clearTimeout(entry.refresh);
    if (closed) return;
    entry.refresh = setTimeout(() => void refresh(terminal, entry), ms);
    entry.refresh.unref();
  }

  async function refresh(terminal: string, entry: Entry): Promise<void> {
    if (entry.state.kind !== "open") return;
    const asked = entry.refresh;
    const { session } = entry.state;
    const inBalance = options.isToldOfCharges()
      ? session.charges.map(({ releaseId }) => releaseId)
      : [];
    const event = await options.refresh(session);
    if (closed) return;
    if (event !== undefined)
      apply(terminal, event.kind === "refreshed" ? { ...event, inBalance } : event);
    // Unless something asked for it once more meanwhile.
    if (entry.refresh === asked) refreshIn(terminal, entry, refreshEveryMs);
  }

  return {
    setTerminals(ids) {
      for (const [id, entry] of entries)
        if (!ids.includes(id)) {
          apply(id, { kind: "close" });
          clearTimeout(entry.tick);
          entries.delete(id);
        }
      for (const id of ids)
        if (!entries.has(id))
          entries.set(id, { state: freeTerminal, tick: undefined, refresh: undefined });
    },
    state: (terminal) => entries.get(terminal)?.state ?? freeTerminal,
    apply,
    refreshSoon(terminal) {
      const entry = entries.get(terminal);
      if (entry?.state.kind === "open") refreshIn(terminal, entry, refreshSoonMs);
    },
    close() {
      closed = true;
      for (const { tick, refresh } of entries.values()) {
        clearTimeout(tick);
        clearTimeout(refresh);
      }
    },
  };
}
