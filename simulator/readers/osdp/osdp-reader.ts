import { randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { type FrameState, noBytes, pushBytes } from "../../../card-readers/osdp/frame-codec.ts";
import type { Beeps, Light, RawCard } from "../../../card-readers/osdp/message-codec.ts";
import {
  answerFrame,
  holdCard,
  newPeripheral,
  type PeripheralSettings,
} from "./peripheral-machine.ts";

/** What a virtual OSDP reader showed, or took. */
export type OsdpReaderEvent =
  | { readonly kind: "light"; readonly light: Light }
  | { readonly kind: "beeps"; readonly beeps: Beeps }
  | { readonly kind: "key"; readonly key: Uint8Array };

/** Of bits as they go over Wiegand wires, parity included. */
export const wiegandFormat = 1;

/** A virtual OSDP reader at the far end of a serial line, whatever the line is made of. */
export interface OsdpReader {
  /** Connects it to a line; one that it was connected to before is left. */
  attach(line: Duplex): void;
  /** Somebody holds a card to it. It is told at the next poll, and kept until then. */
  hold(card: RawCard): void;
  /** Cuts the line behind so many bytes of the next answer that tells a card. */
  cutNextCard(bytes: number): void;
  /** As after its power was cut: what was said is forgotten, the key stays. */
  restart(settings?: Partial<PeripheralSettings>): void;
  settings(): PeripheralSettings;
}

export function osdpReader(options: {
  readonly settings: PeripheralSettings;
  readonly onEvent?: (event: OsdpReaderEvent) => void;
  /** The line was cut, as `cutNextCard` said. */
  readonly onCut?: () => void;
}): OsdpReader {
  const { onEvent = () => undefined, onCut = () => undefined } = options;
  let state = newPeripheral(options.settings);
  let line: Duplex | undefined;
  let pending: FrameState = noBytes;
  let cutAt: number | undefined;

  function read(from: Duplex, bytes: Uint8Array): void {
    const decoded = pushBytes(pending, bytes);
    pending = decoded.state;
    for (const received of decoded.received) {
      const held = state.cards.length;
      const step = answerFrame(state, received, randomBytes(8));
      state = step.state;
      for (const effect of step.effects)
        if (effect.kind === "send") say(from, effect.bytes, state.cards.length < held);
        else onEvent(effect);
    }
  }

  function say(to: Duplex, bytes: Uint8Array, isCard: boolean): void {
    if (to !== line) return;
    if (!isCard || cutAt === undefined) {
      to.write(bytes);
      return;
    }
    const part = bytes.subarray(0, Math.min(cutAt, bytes.length - 1));
    cutAt = undefined;
    line = undefined;
    to.write(part, () => {
      to.destroy();
      onCut();
    });
  }

  return {
    attach(next) {
      line?.destroy();
      line = next;
      pending = noBytes;
      next.on("data", (bytes: Uint8Array) => read(next, bytes));
      next.on("error", () => next.destroy());
      next.once("close", () => {
        if (line === next) line = undefined;
      });
    },
    hold(card) {
      state = holdCard(state, card);
    },
    cutNextCard(bytes) {
      cutAt = bytes;
    },
    restart(settings = {}) {
      state = newPeripheral({ ...state.settings, ...settings });
    },
    settings: () => state.settings,
  };
}

/** A card of so many bits, as a reader tells it: left-aligned, by Wiegand. */
export function rawCard(number: bigint, bits: number): RawCard {
  const length = Math.ceil(bits / 8);
  const aligned = number << BigInt(length * 8 - bits);
  const bytes = Buffer.from(aligned.toString(16).padStart(length * 2, "0"), "hex");
  return { reader: 0, format: wiegandFormat, bits, bytes: Uint8Array.from(bytes) };
}
