import { encodeFrame, type Received } from "../../../card-readers/osdp/frame-codec.ts";
import {
  type Beeps,
  type Capability,
  command,
  decodeBeeps,
  decodeKeySet,
  decodeLight,
  encodeCapabilities,
  encodeIdentity,
  encodeRaw,
  type Identity,
  type Light,
  type RawCard,
  refusal,
  reply,
} from "../../../card-readers/osdp/message-codec.ts";
import { openFrame, sealFrame } from "../../../card-readers/osdp/sealed-frame-codec.ts";
import {
  type Channel,
  clientCryptogram,
  firstReplyMac,
  isSame,
  publicDefaultKey,
  type Randoms,
  type SessionKeys,
  serverCryptogram,
  sessionKeys,
} from "../../../card-readers/osdp/secure-codec.ts";

/** What a virtual OSDP reader is like; all of it may be changed while it runs. */
export interface PeripheralSettings {
  readonly address: number;
  /** Undefined: none of its own yet, as it was delivered. */
  readonly key: Uint8Array | undefined;
  /** Takes the public default key, and with it a key of its own. */
  readonly installing: boolean;
  /** Knows no Secure Channel at all. */
  readonly simple: boolean;
}

export interface PeripheralState {
  readonly settings: PeripheralSettings;
  readonly cards: readonly RawCard[];
  readonly sequence: number | undefined;
  /** Said again when the same command comes again. */
  readonly said: Uint8Array | undefined;
  readonly handshake: { readonly keys: SessionKeys; readonly randoms: Randoms } | undefined;
  readonly channel: Channel | undefined;
}

export type PeripheralEffect =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "light"; readonly light: Light }
  | { readonly kind: "beeps"; readonly beeps: Beeps }
  | { readonly kind: "key"; readonly key: Uint8Array };

export interface PeripheralStep {
  readonly state: PeripheralState;
  readonly effects: readonly PeripheralEffect[];
}

type Answer = {
  readonly code: number;
  readonly data: Uint8Array;
  readonly block?: { readonly type: number; readonly data: Uint8Array };
};

export const simulatedIdentity: Identity = {
  vendor: "000000",
  model: 1,
  version: 1,
  serial: 4242,
  firmware: "1.0.0",
};
const capabilities: readonly Capability[] = [
  { of: 3, level: 1, count: 0 },
  { of: 4, level: 4, count: 1 },
  { of: 5, level: 2, count: 1 },
  { of: 8, level: 1, count: 0 },
  { of: 9, level: 1, count: 1 },
];
const none = new Uint8Array(0);
const acknowledged: Answer = { code: reply.acknowledged, data: none };
const refused = (why: number): Answer => ({ code: reply.refused, data: Uint8Array.of(why) });

export function newPeripheral(settings: PeripheralSettings): PeripheralState {
  return {
    settings,
    cards: [],
    sequence: undefined,
    said: undefined,
    handshake: undefined,
    channel: undefined,
  };
}

/** Answers a frame. `random` is eight bytes, never the same twice. */
export function answerFrame(
  before: PeripheralState,
  received: Received,
  random: Uint8Array,
): PeripheralStep {
  const { frame } = received;
  const { settings, said } = before;
  if (frame.reply || frame.address !== settings.address) return { state: before, effects: [] };
  if (frame.sequence !== 0 && frame.sequence === before.sequence && said !== undefined)
    return { state: before, effects: [{ kind: "send", bytes: said }] };
  const state: PeripheralState =
    frame.sequence === 0
      ? { ...before, sequence: 0, channel: undefined, handshake: undefined }
      : { ...before, sequence: frame.sequence };
  if (before.sequence === undefined && frame.sequence !== 0)
    return say({ ...state, sequence: undefined }, received, refused(refusal.sequence));
  if (state.channel === undefined) return answerBare(state, received, random);
  const opened = openFrame(state.channel, received);
  if (opened === undefined)
    return say({ ...state, channel: undefined }, received, refused(refusal.notSecured));
  const next = { ...state, channel: opened.channel };
  return answerCommand(next, received, opened.data);
}

/** A badge is held to it: told at the next poll. */
export const holdCard = (state: PeripheralState, card: RawCard): PeripheralState => ({
  ...state,
  cards: [...state.cards, card].slice(-8),
});

function answerBare(
  state: PeripheralState,
  received: Received,
  random: Uint8Array,
): PeripheralStep {
  const { frame } = received;
  const { settings, handshake } = state;
  if (frame.security !== undefined && settings.simple)
    return say(state, received, refused(refusal.noSecureChannel));
  if (frame.code === command.challenge) return challenge(state, received, random);
  if (frame.code === command.serverCryptogram) {
    const expected = handshake && serverCryptogram(handshake.keys, handshake.randoms);
    if (handshake === undefined || expected === undefined || !isSame(expected, frame.data))
      return say(state, received, refused(refusal.notSecured));
    const replyMac = firstReplyMac(handshake.keys, expected);
    const block = { type: 0x14, data: Uint8Array.of(1) };
    const said = say(state, received, { code: reply.firstMac, data: replyMac, block });
    const channel = { keys: handshake.keys, commandMac: new Uint8Array(16), replyMac };
    return { ...said, state: { ...said.state, channel } };
  }
  if (frame.security !== undefined) return say(state, received, refused(refusal.notSecured));
  const open: readonly number[] = [command.identify, command.capabilities, command.poll];
  // A reader with a key of its own says nothing of cards in clear text.
  if (!settings.simple && settings.key !== undefined && !open.includes(frame.code))
    return say(state, received, refused(refusal.notSecured));
  return answerCommand(state, received, frame.data);
}

function challenge(state: PeripheralState, received: Received, random: Uint8Array): PeripheralStep {
  const { frame } = received;
  const { settings } = state;
  const wantsDefault = frame.security?.data[0] === 0;
  const key = wantsDefault ? (settings.installing ? publicDefaultKey : undefined) : settings.key;
  if (key === undefined || frame.data.length !== 8)
    return say(state, received, refused(refusal.notSecured));
  const randoms = { control: frame.data, peripheral: random };
  const keys = sessionKeys(key, frame.data);
  const data = Uint8Array.from([
    ...encodeIdentity(simulatedIdentity).subarray(0, 8),
    ...random,
    ...clientCryptogram(keys, randoms),
  ]);
  const block = { type: 0x12, data: Uint8Array.of(wantsDefault ? 0 : 1) };
  const answer = { code: reply.clientCryptogram, data, block };
  return say({ ...state, handshake: { keys, randoms } }, received, answer);
}

function answerCommand(
  state: PeripheralState,
  received: Received,
  data: Uint8Array,
): PeripheralStep {
  const { frame } = received;
  const { settings, channel, cards } = state;
  const mute = !settings.simple && settings.key !== undefined && channel === undefined;
  switch (frame.code) {
    case command.identify:
      return say(state, received, {
        code: reply.identity,
        data: encodeIdentity(simulatedIdentity),
      });
    case command.capabilities: {
      const told = settings.simple ? capabilities.filter(({ of }) => of !== 9) : capabilities;
      return say(state, received, { code: reply.capabilities, data: encodeCapabilities(told) });
    }
    case command.poll: {
      const [card, ...left] = cards;
      if (card === undefined || mute) return say(state, received, acknowledged);
      const answer = { code: reply.raw, data: encodeRaw(card) };
      return say({ ...state, cards: left }, received, answer);
    }
    case command.led: {
      const light = decodeLight(data);
      const step = say(state, received, light ? acknowledged : refused(refusal.length));
      return light ? { ...step, effects: [...step.effects, { kind: "light", light }] } : step;
    }
    case command.buzzer: {
      const beeps = decodeBeeps(data);
      const step = say(state, received, beeps ? acknowledged : refused(refusal.length));
      return beeps ? { ...step, effects: [...step.effects, { kind: "beeps", beeps }] } : step;
    }
    case command.keySet: {
      const key = decodeKeySet(data);
      if (key === undefined || channel === undefined)
        return say(state, received, refused(refusal.notSecured));
      const step = say(state, received, acknowledged);
      const next = { ...step.state, settings: { ...settings, key, installing: false } };
      return { state: next, effects: [...step.effects, { kind: "key", key }] };
    }
    default:
      return say(state, received, refused(refusal.unknownCommand));
  }
}

function say(
  state: PeripheralState,
  { frame, habit }: Received,
  { code, data, block }: Answer,
): PeripheralStep {
  const { channel, settings } = state;
  const { sequence } = frame;
  const message = { address: settings.address, reply: true, sequence, code, data };
  const sealed =
    channel === undefined || block !== undefined
      ? { bytes: encodeFrame({ ...message, ...(block && { security: block }) }, habit), channel }
      : sealFrame(channel, message, habit);
  return {
    state: { ...state, channel: sealed.channel, said: sealed.bytes },
    effects: [{ kind: "send", bytes: sealed.bytes }],
  };
}
