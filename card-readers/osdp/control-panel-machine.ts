import { decideReply } from "./decide-reply.ts";
import { encodeFrame, type Received } from "./frame-codec.ts";
import { command, encodeKeySet, reply } from "./message-codec.ts";
import {
  beginAnew,
  offlineMs,
  type PanelContext,
  type PanelEvent,
  type PanelState,
  type PanelStep,
  pollMs,
  replyMs,
  retryMs,
  type Wanted,
} from "./panel-state.ts";
import { sealFrame } from "./sealed-frame-codec.ts";
import { serverCryptogram } from "./secure-codec.ts";

/**
 * The control panel's side of OSDP, for one reader on a line: it asks, the reader answers.
 *
 *   identify ─► capabilities ─► challenge ─► prove ─► online: poll, poll, …
 *                                              └─ (while a key is installed) set-key ─► identify …
 *
 * Pure: time and chance are given with each event. The driver calls `tick` at `nextTickAt`.
 */
/** The longest that one reply may take from its first byte to its last. */
const longestReplyMs = 1_000;
const mostTries = 3;
const mostWanted = 8;
const habit = { mark: true, crc: true };
const none = new Uint8Array(0);

/** When to tick next, in monotonic milliseconds. */
export const nextTickAt = ({ asked, nextAt }: PanelState): number => asked?.until ?? nextAt;

export function stepPanel(state: PanelState, event: PanelEvent, context: PanelContext): PanelStep {
  switch (event.kind) {
    case "tick":
      return tick(state, context);
    case "receiving":
      return { state: waitOn(state, context.now), effects: [] };
    case "received":
      return isAnswer(state, event.received)
        ? decideReply(state, event.received, context)
        : { state, effects: [] };
    case "say": {
      if (state.phase.kind !== "online") return { state, effects: [] };
      const wanted = [...state.wanted, ...event.commands].slice(-mostWanted);
      const nextAt = Math.min(state.nextAt, context.now);
      return { state: { ...state, wanted, nextAt }, effects: [] };
    }
  }
}

/** Our own command comes back over some adapters, and others may share the line. */
function isAnswer({ address, asked, sequence }: PanelState, { frame }: Received): boolean {
  if (!frame.reply || frame.address !== address || asked === undefined) return false;
  // Busy is told without counting.
  return frame.sequence === sequence || (frame.sequence === 0 && frame.code === reply.busy);
}

function waitOn(state: PanelState, now: number): PanelState {
  const { asked } = state;
  if (asked === undefined) return state;
  const until = Math.min(asked.sentAt + longestReplyMs, Math.max(asked.until, now + replyMs));
  return { ...state, asked: { ...asked, until } };
}

function tick(state: PanelState, context: PanelContext): PanelStep {
  const { now } = context;
  const { asked } = state;
  if (asked === undefined)
    return now < state.nextAt ? { state, effects: [] } : sendNext(state, context);
  if (now < asked.until) return { state, effects: [] };
  if (now - state.heardAt >= offlineMs) return giveUp(state, now);
  if (asked.tries >= mostTries) return { state: beginAnew(state, now + pollMs), effects: [] };
  const again = { ...asked, sentAt: now, until: now + replyMs, tries: asked.tries + 1 };
  return { state: { ...state, asked: again }, effects: [{ kind: "send", bytes: asked.bytes }] };
}

function giveUp(state: PanelState, now: number): PanelStep {
  const next: PanelState = { ...beginAnew(state, now + retryMs), told: "offline" };
  return { state: next, effects: state.told === "offline" ? [] : [{ kind: "offline" }] };
}

function sendNext(before: PanelState, { now, random }: PanelContext): PanelStep {
  const { sequence: last, address } = before;
  const sequence = last === undefined ? 0 : (last % 3) + 1;
  const { phase, wanted, channel } = before;
  const { code, data, security } = nextCommand(before, random);
  const message = { address, reply: false, sequence, code, data };
  const sealed =
    channel === undefined
      ? { bytes: encodeFrame({ ...message, ...(security && { security }) }, habit), channel }
      : sealFrame(channel, message, habit);
  const state: PanelState = {
    ...before,
    phase: phase.kind === "challenge" ? { ...phase, control: random } : phase,
    wanted: phase.kind === "online" ? wanted.slice(1) : wanted,
    channel: sealed.channel,
    sequence,
    asked: { bytes: sealed.bytes, code, sentAt: now, until: now + replyMs, tries: 1 },
  };
  return { state, effects: [{ kind: "send", bytes: sealed.bytes }] };
}

type Next = Wanted & { readonly security?: { readonly type: number; readonly data: Uint8Array } };

function nextCommand({ phase, wanted, trust }: PanelState, random: Uint8Array): Next {
  switch (phase.kind) {
    case "identify":
      return { code: command.identify, data: Uint8Array.of(0) };
    case "capabilities":
      return { code: command.capabilities, data: Uint8Array.of(0) };
    case "challenge": {
      const kind = phase.keyKind === "site" ? 1 : 0;
      const security = { type: 0x11, data: Uint8Array.of(kind) };
      return { code: command.challenge, data: random, security };
    }
    case "prove": {
      const kind = phase.keyKind === "site" ? 1 : 0;
      const security = { type: 0x13, data: Uint8Array.of(kind) };
      const data = serverCryptogram(phase.keys, phase.randoms);
      return { code: command.serverCryptogram, data, security };
    }
    case "set-key":
      if (trust.kind !== "install") throw new Error("A key is set only where one is installed.");
      return { code: command.keySet, data: encodeKeySet(trust.key) };
    case "online":
      return wanted[0] ?? { code: command.poll, data: none };
  }
}
