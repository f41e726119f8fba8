import type { ListedJob, Person } from "../../protocol/bridge-server.ts";
import type { TerminalView } from "../../protocol/kiosk.ts";

export type RefusalNotice = Exclude<TerminalView["refusal"], null>;

/** A person at a terminal, from the tap to the log-out. */
export interface Session {
  readonly sessionId: string;
  readonly person: Person;
  /** The card that opened it, so that the same one closes it. Never logged. */
  readonly cardNumber: string;
  readonly jobs: readonly ListedJob[];
  /** What this session asked to print, oldest first, with titles that outlive the list. */
  readonly releases: readonly { readonly releaseId: string; readonly title: string }[];
  /** What its releases cost, and whether the balance that the server last told is after that. */
  readonly charges: readonly Charge[];
  /** Chosen on the screen, for as long as the session lasts. */
  readonly language: string | undefined;
  /** Monotonic milliseconds of the last sign of the person. */
  readonly lastSeenAt: number;
}

/** Money that a release took, in ten-thousandths of the currency unit. */
export interface Charge {
  readonly releaseId: string;
  readonly charged: number;
  readonly inBalance: boolean;
}

/** A badge that is being looked up. */
export interface Asking {
  readonly askId: string;
  readonly cardNumber: string;
  readonly readerId: string;
}

/** What a terminal is in the middle of. */
export type TerminalState =
  | { readonly kind: "free" }
  /** Why the last tap opened nothing; shown until then. */
  | { readonly kind: "refused"; readonly notice: RefusalNotice; readonly until: number }
  | { readonly kind: "identifying"; readonly asking: Asking }
  | { readonly kind: "open"; readonly session: Session };

export const freeTerminal: TerminalState = { kind: "free" };

/** Time-outs of a terminal, as the site declares them. */
export interface SessionPolicy {
  readonly idleSeconds: number;
  readonly warningSeconds: number;
}

/** When the person is logged out unless a sign comes before; monotonic milliseconds. */
export function logOutAt(session: Session, { idleSeconds }: SessionPolicy): number {
  return session.lastSeenAt + idleSeconds * 1000;
}

/** From when on the screen asks whether the person is still there. */
export function warnAt(session: Session, policy: SessionPolicy): number {
  return logOutAt(session, policy) - policy.warningSeconds * 1000;
}
