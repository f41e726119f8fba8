import type { UidJudgement } from "../../card-readers/numbers/judge-uid.ts";
import type { IdentifyReply, ListedJob, Person } from "../../protocol/bridge-server.ts";
import type { EndedJob } from "../../protocol/missing-jobs.ts";
import type { Preferences, TimeFactor } from "../../protocol/preferences.ts";
import type { IdentifyRefusal, LinkWay } from "../../protocol/sign-in.ts";
import type {
  RefusalNotice,
  Session,
  SessionPolicy,
  SignInQuestion,
  TerminalState,
} from "./session.ts";

/** Somebody wants to sign in without a card. */
export interface SignInStart {
  readonly kind: "sign-in-start";
  readonly way: "number-pin" | "name-password";
}

/** What whoever types does on the screen. */
export type SignInEvent =
  | { readonly kind: "sign-in-choose"; readonly signInId: string; readonly way: LinkWay }
  | {
      readonly kind: "sign-in";
      readonly signInId: string;
      /** The screen's press; the same one again is no second try. */
      readonly pressId: string;
      readonly name: string | undefined;
      readonly secret: string;
    }
  | { readonly kind: "sign-in-touch"; readonly signInId: string }
  | { readonly kind: "sign-in-cancel"; readonly signInId: string };

/** What happens in a session beside printing. */
export type EaseEvent =
  /** These go when the time for taking it back is over. */
  | { readonly kind: "deleting"; readonly sessionId: string; readonly jobIds: readonly string[] }
  | { readonly kind: "deletion-due"; readonly sessionId: string }
  | { readonly kind: "undo-delete"; readonly sessionId: string }
  | { readonly kind: "not-deleted"; readonly sessionId: string; readonly jobIds: readonly string[] }
  | { readonly kind: "look-for-missing"; readonly sessionId: string }
  | { readonly kind: "pay-from"; readonly sessionId: string; readonly account: string | null }
  /** Jobs that are over; none told where the server did not answer. */
  | {
      readonly kind: "found-missing";
      readonly sessionId: string;
      readonly ended: readonly EndedJob[] | undefined;
    }
  | { readonly kind: "language"; readonly sessionId: string; readonly language: string }
  | {
      readonly kind: "prefer";
      readonly sessionId: string;
      readonly time?: TimeFactor;
      readonly contrast?: boolean;
    };

/** What became of a code of a job of nobody known. */
export type CodeAnswer =
  | { readonly kind: "taken"; readonly job: ListedJob }
  | { readonly kind: "wrong" }
  | { readonly kind: "slow-down"; readonly seconds: number }
  | { readonly kind: "unreachable" };

export type CodeEvent =
  | {
      readonly kind: "type-code";
      readonly sessionId: string;
      readonly pressId: string;
      readonly code: string;
    }
  | {
      readonly kind: "code-answered";
      readonly sessionId: string;
      readonly pressId: string;
      readonly answer: CodeAnswer;
    };

export type SessionEvent =
  | {
      readonly kind: "tap";
      readonly cardNumber: string;
      readonly readerId: string;
      /** Whether the card says the same the next time; it does where nothing is said. */
      readonly uid?: UidJudgement;
    }
  /** What a reader said may be a part of a card's number only, and was not taken. */
  | { readonly kind: "part-of-card" }
  | { readonly kind: "identified"; readonly askId: string; readonly reply: IdentifyReply }
  | {
      readonly kind: "not-identified";
      readonly askId: string;
      readonly notice: Exclude<RefusalNotice, "changing-card">;
    }
  /** The person and the jobs as they are now. */
  | {
      readonly kind: "refreshed";
      readonly sessionId: string;
      readonly person: Person;
      readonly jobs: readonly ListedJob[];
      /** Releases whose money the server had been told of before it was asked. */
      readonly inBalance?: readonly string[];
    }
  /** A release has taken money. */
  | {
      readonly kind: "charged";
      readonly sessionId: string;
      readonly releaseId: string;
      readonly charged: number;
    }
  | SignInStart
  | SignInEvent
  | EaseEvent
  | CodeEvent
  | { readonly kind: "stay"; readonly sessionId: string }
  | { readonly kind: "log-out"; readonly sessionId: string }
  /** The server lets this person in no more: disabled meanwhile, or the badge was blocked. */
  | {
      readonly kind: "turned-away";
      readonly sessionId: string;
      readonly reason: IdentifyRefusal;
    }
  /** Releases were stored for this session. */
  | {
      readonly kind: "releasing";
      readonly sessionId: string;
      readonly releases: readonly { readonly releaseId: string; readonly jobId: string }[];
    }
  /** The terminal is gone, or in use no more. */
  | { readonly kind: "close" }
  /** Time went by. */
  | { readonly kind: "tick" };

export type SessionEffect =
  /** Ask the server who it is; `identified` or `not-identified` follows. May hold a typed secret. */
  | { readonly kind: "identify"; readonly askId: string; readonly request: SignInQuestion }
  | {
      readonly kind: "feedback";
      readonly readerId: string;
      readonly feedback: "accepted" | "refused" | "busy" | "offline";
    }
  /** Give jobs up at their providers; `not-deleted` follows where that fails. */
  | { readonly kind: "delete"; readonly session: Session; readonly jobIds: readonly string[] }
  /** `code-answered` follows. */
  | {
      readonly kind: "take-by-code";
      readonly session: Session;
      readonly pressId: string;
      readonly code: string;
    }
  /** `found-missing` follows. */
  | { readonly kind: "look-for-missing"; readonly session: Session }
  | {
      readonly kind: "keep-preferences";
      readonly personId: string;
      readonly wants: Preferences;
    }
  | { readonly kind: "opened"; readonly session: Session }
  | { readonly kind: "ended"; readonly session: Session };

export interface SessionContext {
  /** Monotonic milliseconds. */
  readonly now: number;
  readonly policy: SessionPolicy;
  /** A UUID that was never used before. */
  readonly newId: string;
  /** Nobody can type there: whatever needs that is refused at once. */
  readonly isScreenless?: boolean;
}

export interface SessionDecision {
  readonly state: TerminalState;
  readonly effects: readonly SessionEffect[];
}
