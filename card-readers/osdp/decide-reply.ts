import { hasMac, type Received } from "./frame-codec.ts";
import { decodeCapabilities, decodeIdentity, decodeRaw, refusal, reply } from "./message-codec.ts";
import {
  beginAnew,
  type KeyKind,
  type PanelContext,
  type PanelState,
  type PanelStep,
  type Phase,
  pollMs,
  replyMs,
  type Trouble,
  troubledMs,
} from "./panel-state.ts";
import { openFrame } from "./sealed-frame-codec.ts";
import {
  clientCryptogram,
  firstReplyMac,
  isSame,
  publicDefaultKey,
  randomLength,
  serverCryptogram,
  sessionKeys,
} from "./secure-codec.ts";

interface Answer {
  readonly code: number;
  readonly data: Uint8Array;
  readonly block?: { readonly type: number; readonly data: Uint8Array };
}

/** What follows from an answer to the command that was sent last. */
export function decideReply(
  before: PanelState,
  received: Received,
  { now }: PanelContext,
): PanelStep {
  const { frame } = received;
  const { asked, channel, phase } = before;
  if (asked === undefined) return quiet(before);
  // Not heard: a reader that is only ever busy is as good as none.
  if (frame.code === reply.busy)
    return quiet({ ...before, asked: { ...asked, until: now + replyMs, tries: 0 } });
  const state: PanelState = {
    ...before,
    heardAt: now,
    asked: undefined,
    nextAt: before.wanted.length > 0 ? now : Math.max(now, asked.sentAt + pollMs),
  };
  const { security, code, data } = frame;
  if (channel === undefined) {
    if (security !== undefined && hasMac(security.type)) return quiet(before);
    return decideAnswer(state, { code, data, ...(security && { block: security }) }, now);
  }
  if (security === undefined) {
    // A reader that took a key may have closed the channel with it.
    if (phase.kind === "set-key" && code === reply.acknowledged) return keyTaken(state, now);
    // Anything else in clear text may be anybody's; a refusal means that it lost the channel.
    return code === reply.refused ? quiet(beginAnew(state, now + pollMs)) : quiet(before);
  }
  const opened = openFrame(channel, received);
  if (opened === undefined) return quiet(beginAnew(state, now + pollMs));
  return decideAnswer({ ...state, channel: opened.channel }, { code, data: opened.data }, now);
}

function decideAnswer(state: PanelState, answer: Answer, now: number): PanelStep {
  const { phase, trust } = state;
  const { code, data } = answer;
  switch (phase.kind) {
    case "identify": {
      const identity = code === reply.identity ? decodeIdentity(data) : undefined;
      return go({ ...state, identity }, { kind: "capabilities" }, now);
    }
    case "capabilities": {
      const told = code === reply.capabilities ? decodeCapabilities(data) : undefined;
      const next = { ...state, capabilities: told ?? [] };
      // What it says of its security is not asked: anybody at the cable can say less.
      if (trust.kind === "clear") return online(next, now);
      const keyKind = state.triesDefault ? "default" : "site";
      return go(next, { kind: "challenge", keyKind, control: new Uint8Array(0) }, now);
    }
    case "challenge":
      return decideChallenge(state, phase, answer, now);
    case "prove": {
      const { keys, keyKind, randoms } = phase;
      const { block } = answer;
      const isProof = code === reply.firstMac && block?.type === 0x14 && block.data[0] === 1;
      const mac = firstReplyMac(keys, serverCryptogram(keys, randoms));
      if (!isProof || !isSame(mac, data)) return keyRefused(state, "other-key", now);
      const channel = { keys, commandMac: new Uint8Array(16), replyMac: mac };
      return keyKind === "site"
        ? online({ ...state, channel }, now)
        : go({ ...state, channel }, { kind: "set-key" }, now);
    }
    case "set-key":
      return code === reply.acknowledged
        ? keyTaken(state, now)
        : inTrouble(state, "key-not-taken", now);
    case "online":
      return decideOnline(state, answer, now);
  }
}

function decideOnline(state: PanelState, { code, data }: Answer, now: number): PanelStep {
  if (code === reply.refused && data[0] !== refusal.unknownCommand && data[0] !== refusal.length)
    return quiet(beginAnew(state, now + pollMs));
  const card = code === reply.raw ? decodeRaw(data) : undefined;
  return { state, effects: card === undefined ? [] : [{ kind: "card", card }] };
}

function decideChallenge(
  state: PanelState,
  phase: Extract<Phase, { kind: "challenge" }>,
  { code, data, block }: Answer,
  now: number,
): PanelStep {
  const { keyKind, control } = phase;
  if (code === reply.refused) {
    const [why] = data;
    const unable = why === refusal.unknownCommand || why === refusal.noSecureChannel;
    return keyRefused(state, unable ? "no-secure-channel" : "other-key", now);
  }
  if (code !== reply.clientCryptogram || block?.type !== 0x12 || data.length !== 32)
    return quiet(beginAnew(state, now + pollMs));
  if (keyKind === "site" && block.data[0] === 0) return keyRefused(state, "default-key", now);
  const key = baseKey(state, keyKind);
  const peripheral = data.subarray(8, 8 + randomLength);
  const keys = sessionKeys(key, control);
  const randoms = { control, peripheral: peripheral.slice() };
  if (!isSame(clientCryptogram(keys, randoms), data.subarray(16)))
    return keyRefused(state, "other-key", now);
  return go(state, { kind: "prove", keyKind, keys, randoms }, now);
}

function baseKey({ trust }: PanelState, keyKind: KeyKind): Uint8Array {
  if (trust.kind === "clear") throw new Error("No channel is made where clear text is trusted.");
  return keyKind === "site" ? trust.key : publicDefaultKey;
}

/** While a key is installed, a reader that does not have it yet is tried with the default one. */
function keyRefused(state: PanelState, trouble: Trouble, now: number): PanelStep {
  const { trust, triesDefault, keySent } = state;
  if (trust.kind !== "install" || trouble === "no-secure-channel")
    return inTrouble(state, trouble, now);
  if (keySent) return inTrouble({ ...state, keySent: false }, "key-not-taken", now);
  if (triesDefault) return inTrouble({ ...state, triesDefault: false }, "other-key", now);
  return quiet({ ...beginAnew(state, now + pollMs), triesDefault: true });
}

const keyTaken = (state: PanelState, now: number): PanelStep =>
  quiet({ ...beginAnew(state, now + pollMs), triesDefault: false, keySent: true });

function inTrouble(state: PanelState, trouble: Trouble, now: number): PanelStep {
  const next: PanelState = { ...beginAnew(state, now + troubledMs), told: trouble };
  return { state: next, effects: state.told === trouble ? [] : [{ kind: "trouble", trouble }] };
}

function online(state: PanelState, now: number): PanelStep {
  const { told, identity, channel } = state;
  const next: PanelState = { ...state, phase: { kind: "online" }, nextAt: now, told: "online" };
  const secured = channel !== undefined;
  return {
    state: { ...next, keySent: false },
    effects: told === "online" ? [] : [{ kind: "online", identity, secured }],
  };
}

const go = (state: PanelState, phase: Phase, now: number): PanelStep =>
  quiet({ ...state, phase, nextAt: now });

const quiet = (state: PanelState): PanelStep => ({ state, effects: [] });
