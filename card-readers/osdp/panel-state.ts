import type { Received } from "./frame-codec.ts";
import type { Capability, Identity, RawCard } from "./message-codec.ts";
import type { Channel, Randoms, SessionKeys } from "./secure-codec.ts";

/**
 * How a control panel trusts its reader. `clear` is for readers that know no Secure Channel: whoever is
 * at the cable reads and plays cards. `install` gives a reader its key, over the public default key.
 */
export type Trust =
  | { readonly kind: "key"; readonly key: Uint8Array }
  | { readonly kind: "install"; readonly key: Uint8Array }
  | { readonly kind: "clear" };

/** Which key a challenge is made with. */
export type KeyKind = "site" | "default";

/** What is being asked. Only `online` takes cards. */
export type Phase =
  | { readonly kind: "identify" }
  | { readonly kind: "capabilities" }
  | { readonly kind: "challenge"; readonly keyKind: KeyKind; readonly control: Uint8Array }
  | {
      readonly kind: "prove";
      readonly keyKind: KeyKind;
      readonly keys: SessionKeys;
      readonly randoms: Randoms;
    }
  | { readonly kind: "set-key" }
  | { readonly kind: "online" };

/** Why a reader that answers is not used. */
export type Trouble = "no-secure-channel" | "other-key" | "default-key" | "key-not-taken";

/** A command that goes out when the line is free. */
export interface Wanted {
  readonly code: number;
  readonly data: Uint8Array;
}

/** The command that was sent last and is not answered yet; sent again, it is the same bytes. */
export interface Asked {
  readonly bytes: Uint8Array;
  readonly code: number;
  readonly sentAt: number;
  readonly until: number;
  readonly tries: number;
}

export interface PanelState {
  readonly address: number;
  readonly trust: Trust;
  readonly phase: Phase;
  /** Of the last command; undefined before the first. */
  readonly sequence: number | undefined;
  readonly asked: Asked | undefined;
  readonly nextAt: number;
  readonly heardAt: number;
  readonly channel: Channel | undefined;
  readonly wanted: readonly Wanted[];
  readonly identity: Identity | undefined;
  readonly capabilities: readonly Capability[];
  /** What its owner was told last, so that nothing is told twice. */
  readonly told: "nothing" | "online" | "offline" | Trouble;
  /** The default key is tried next: the site's was refused, and a key may be installed. */
  readonly triesDefault: boolean;
  /** The reader acknowledged a key; whether it has it, the next challenge shows. */
  readonly keySent: boolean;
}

export type PanelEvent =
  | { readonly kind: "tick" }
  /** Bytes came that are no whole frame yet. */
  | { readonly kind: "receiving" }
  | { readonly kind: "received"; readonly received: Received }
  | { readonly kind: "say"; readonly commands: readonly Wanted[] };

export type PanelEffect =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "card"; readonly card: RawCard }
  | {
      readonly kind: "online";
      readonly identity: Identity | undefined;
      readonly secured: boolean;
    }
  | { readonly kind: "offline" }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

export interface PanelContext {
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Eight random bytes, never the same twice. */
  readonly random: Uint8Array;
}

export interface PanelStep {
  readonly state: PanelState;
  readonly effects: readonly PanelEffect[];
}

export const pollMs = 50;
export const replyMs = 200;
export const offlineMs = 8_000;
/** Between tries while nobody answers. */
export const retryMs = 800;
/** Between tries while a reader answers, and is not to be used. */
export const troubledMs = 5_000;

/** Who has a line that was just opened. */
export function newPanel(options: {
  readonly address: number;
  readonly trust: Trust;
  readonly now: number;
}): PanelState {
  const { address, trust, now } = options;
  return {
    address,
    trust,
    phase: { kind: "identify" },
    sequence: undefined,
    asked: undefined,
    nextAt: now,
    heardAt: now,
    channel: undefined,
    wanted: [],
    identity: undefined,
    capabilities: [],
    told: "nothing",
    triesDefault: false,
    keySent: false,
  };
}

/** Forgets the conversation; what the reader's owner was told stays. */
export function beginAnew(state: PanelState, nextAt: number): PanelState {
  return {
    ...state,
    phase: { kind: "identify" },
    sequence: undefined,
    asked: undefined,
    channel: undefined,
    wanted: [],
    nextAt,
  };
}
