import type { ListedJob, Person } from "../../protocol/bridge-server.ts";
import type { TerminalView } from "../../protocol/kiosk.ts";
import type { SignInProblem, SignInView } from "../../protocol/kiosk-sign-in.ts";
import type { EndedJob, MissingView } from "../../protocol/missing-jobs.ts";
import type { Preferences, TimeFactor } from "../../protocol/preferences.ts";
import type { IdentifyRequest } from "../../protocol/sign-in.ts";

export type RefusalNotice = Exclude<TerminalView["refusal"], null>;

/** A person at a terminal, from the tap to the log-out. */
export interface Session {
  readonly sessionId: string;
  readonly person: Person;
  /** The card that opened it, if one did, so that the same one closes it. Never logged. */
  readonly cardNumber: string | undefined;
  readonly jobs: readonly ListedJob[];
  /** What this session asked to print, oldest first, with titles that outlive the list. */
  readonly releases: readonly { readonly releaseId: string; readonly title: string }[];
  /** What its releases cost, and whether the balance that the server last told is after that. */
  readonly charges: readonly Charge[];
  /** Chosen on the screen, for as long as the session lasts. */
  readonly language: string | undefined;
  /** The same: how the screen is to be. */
  readonly wants?: Pick<Preferences, "time" | "contrast">;
  /** Jobs that are deleted at that moment (monotonic milliseconds) unless the person takes it back. */
  readonly deletion?: { readonly jobIds: readonly string[]; readonly until: number };
  /** Jobs that were deleted, as long as the list does not know. */
  readonly deleted?: readonly string[];
  /** How many could not be deleted the last time. */
  readonly notDeleted?: number;
  /** The shared account that pays what is printed from now on, if one was chosen. */
  readonly payer?: string;
  /** What the person looks for and does not see: jobs that are over, as far as the server told. */
  readonly missing?: {
    readonly state: MissingView["state"];
    readonly ended: readonly EndedJob[];
  };
  /** What became of the code that was typed last; times are monotonic milliseconds. */
  readonly code?: TypedCodeState;
  /** Jobs that were taken with codes, until the server has heard of them for certain. */
  readonly taken?: readonly { readonly job: ListedJob; readonly until: number }[];
  /** Monotonic milliseconds of the last sign of the person. */
  readonly lastSeenAt: number;
}

/** The code itself is never kept. */
export type TypedCodeState = { readonly pressId: string } & (
  | { readonly state: "asking" | "wrong" | "unreachable" }
  | { readonly state: "taken"; readonly jobId: string }
  | { readonly state: "slow-down"; readonly waitUntil: number }
);

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
  /** Its number changes, or may: it is not linked to anybody. */
  readonly changes?: boolean;
}

/** Somebody types who they are. What they type passes through, and is never kept here. */
export interface Dialogue {
  readonly signInId: string;
  readonly step: SignInView["step"];
  /** The card that was tapped, where the dialogue is about one. Never logged. */
  readonly card: { readonly cardNumber: string; readonly readerId: string } | undefined;
  readonly linkBy: SignInView["linkBy"];
  /** What the server is asked at the moment. */
  readonly askId: string | undefined;
  /** The screen's press that was asked last, so that its repetition is no second try. */
  readonly pressId: string | undefined;
  readonly problem: SignInProblem | undefined;
  /** With `slow-down`: when the next try is open; monotonic milliseconds. */
  readonly waitUntil: number | undefined;
  /** Monotonic milliseconds of the last sign of whoever types. */
  readonly lastSeenAt: number;
}

/** What the server is asked, by whoever stands at a terminal. */
export type SignInQuestion = IdentifyRequest extends infer R
  ? R extends IdentifyRequest
    ? Omit<R, "terminal">
    : never
  : never;

/** What a terminal is in the middle of. */
export type TerminalState =
  | { readonly kind: "free" }
  /** Why the last tap opened nothing; shown until then. */
  | { readonly kind: "refused"; readonly notice: RefusalNotice; readonly until: number }
  | { readonly kind: "identifying"; readonly asking: Asking }
  | { readonly kind: "signing-in"; readonly dialogue: Dialogue }
  | { readonly kind: "open"; readonly session: Session };

export const freeTerminal: TerminalState = { kind: "free" };

/** Time-outs of a terminal, as the site declares them. */
export interface SessionPolicy {
  readonly idleSeconds: number;
  readonly warningSeconds: number;
}

/** When the person is logged out unless a sign comes before; monotonic milliseconds. */
export function logOutAt(session: Session, { idleSeconds }: SessionPolicy): number {
  return session.lastSeenAt + idleSeconds * 1000 * timeFactorOf(session);
}

/** How much longer than usual everything waits for this person. */
export function timeFactorOf({ wants, person }: Session): TimeFactor {
  return wants?.time ?? person.time ?? 1;
}

/** Whether the person gave a job up, be it that this can still be taken back. */
export function isGivenUp({ deletion, deleted = [] }: Session, jobId: string): boolean {
  return deletion?.jobIds.includes(jobId) === true || deleted.includes(jobId);
}

/** From when on the screen asks whether the person is still there. */
export function warnAt(session: Session, policy: SessionPolicy): number {
  return logOutAt(session, policy) - policy.warningSeconds * 1000 * timeFactorOf(session);
}
